import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct } from 'constructs';
import { TerraformAsset, TerraformStack } from '../../../core';
import { programOf, type Step } from './program';

const IDS: Readonly<Record<Step, string>> = { migrate: 'Migrate', 'grant-role': 'GrantRole', 'guard-rotation': 'GuardRotation' };
const files = new Map<Step, string>();

/** The program as a file, for the asset to copy: written once a process, into a directory that nobody else can write to. */
function fileOf(step: Step, text: string): string {
  const written = files.get(step);
  if (written) return written;
  const directory = mkdtempSync(join(tmpdir(), 'gateway-step-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, `${step}.cjs`);
  writeFileSync(path, text);
  files.set(step, path);
  return path;
}

/** How Terraform runs a step: its program as an asset of the stack, with the credentials of the stack's google provider. */
export class StepRun extends Construct {
  /** Project whose quota the calls are charged to, as the provider does it. */
  readonly billingProject: string | undefined;
  private readonly asset: TerraformAsset;
  private readonly identity: string | undefined;

  /** The one of the stack. */
  static of(scope: Construct, step: Step): StepRun {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(IDS[step]);
    return (existing as StepRun | undefined) ?? new StepRun(stack, step);
  }

  private constructor(scope: Construct, step: Step) {
    super(scope, IDS[step]);
    const text = programOf(step);
    const assetHash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    this.asset = new TerraformAsset(this, 'Script', { path: fileOf(step, text), assetHash });
    const provider = TerraformStack.of(this)
      .node.findAll()
      .find((node): node is GoogleProvider => node instanceof GoogleProvider && node.aliasInput === undefined);
    this.identity = provider?.impersonateServiceAccountInput;
    this.billingProject = provider?.userProjectOverrideInput === true ? provider.billingProjectInput : undefined;
  }

  /** Runs the program when the resource is made, with what stands in its triggers under `step`. An interpreter, not a shell: nothing to quote. */
  provisioner() {
    return {
      type: 'local-exec' as const,
      when: 'create' as const,
      interpreter: ['node'],
      command: `\${path.module}/${this.asset.path}`,
      environment: {
        GW_STEP: '${jsonencode(self.triggers_replace.step)}',
        ...(this.identity !== undefined && { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: this.identity }),
      },
    };
  }
}
