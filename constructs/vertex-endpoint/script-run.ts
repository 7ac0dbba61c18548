import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct } from 'constructs';
import { TerraformAsset, TerraformStack } from '../core';
import { type Program, scriptOf } from './reconciler/script';

interface Script {
  readonly path: string;
  readonly revision: string;
}

const scripts = new Map<Program, Script>();

/** The script as a file, for the asset to copy: written once a process, into a directory that nobody else can write to. */
function scriptFile(program: Program): Script {
  const written = scripts.get(program);
  if (written) return written;
  const text = scriptOf(program);
  const directory = mkdtempSync(join(tmpdir(), 'vertex-endpoint-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, `${program}.cjs`);
  writeFileSync(path, text);
  const revision = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const script = { path, revision };
  scripts.set(program, script);
  return script;
}

/** Names in the stack. */
const IDS: Readonly<Record<Program, string>> = { reconcile: 'Reconciler', grant: 'Granter' };

/** How Terraform runs one of the scripts: as an asset of the stack, with the credentials of the stack's google provider. */
export class ScriptRun extends Construct {
  /** Changes with the script. */
  readonly revision: string;
  /** Project whose quota the calls are charged to, as the provider does it. */
  readonly billingProject: string | undefined;
  private readonly asset: TerraformAsset;
  private readonly identity: string | undefined;

  /** The one of the stack. */
  static of(scope: Construct, program: Program): ScriptRun {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(IDS[program]);
    return (existing as ScriptRun | undefined) ?? new ScriptRun(stack, program);
  }

  private constructor(scope: Construct, program: Program) {
    super(scope, IDS[program]);
    const { path, revision } = scriptFile(program);
    this.revision = revision;
    this.asset = new TerraformAsset(this, 'Script', { path, assetHash: revision });
    const provider = defaultGoogleProvider(this);
    this.identity = provider?.impersonateServiceAccountInput;
    this.billingProject = provider?.userProjectOverrideInput === true ? provider.billingProjectInput : undefined;
  }

  /**
   * Runs the script with the spec that stands at `specReference`, a Terraform expression.
   * An interpreter, not a shell: the same on every system, and nothing to quote.
   */
  provisioner(specReference: string, when: 'create' | 'destroy') {
    return {
      type: 'local-exec' as const,
      when,
      interpreter: ['node'],
      command: `\${path.module}/${this.asset.path}`,
      environment: {
        VX_SPEC: `\${jsonencode(${specReference})}`,
        ...(this.identity !== undefined && { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: this.identity }),
      },
    };
  }
}

/** The google provider that resources of the stack use unless they name another. */
export function defaultGoogleProvider(scope: Construct): GoogleProvider | undefined {
  const all = TerraformStack.of(scope).node.findAll();
  return all.find((node): node is GoogleProvider => node instanceof GoogleProvider && node.aliasInput === undefined);
}
