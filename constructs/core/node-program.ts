import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct } from 'constructs';
import { TerraformAsset, TerraformStack } from './cdktf';
import { providers } from './providers';

interface ProgramFile {
  readonly path: string;
  readonly revision: string;
}

const files = new Map<string, ProgramFile>();

/** The program as a file, for the asset to copy: written once a process, into a directory that nobody else can write to. */
function fileOf(name: string, textOf: () => string): ProgramFile {
  const written = files.get(name);
  if (written) return written;
  const text = textOf();
  const directory = mkdtempSync(join(tmpdir(), 'node-program-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, `${name}.cjs`);
  writeFileSync(path, text);
  const file = { path, revision: createHash('sha256').update(text).digest('hex').slice(0, 16) };
  files.set(name, file);
  return file;
}

/** How Terraform runs a program of ours: as an asset of the stack, with the credentials of the stack's google provider. */
export abstract class NodeProgram extends Construct {
  /** Changes with the program. */
  readonly revision: string;
  /** Project whose quota the calls are charged to, as the provider does it. */
  readonly billingProject: string | undefined;
  private readonly asset: TerraformAsset;
  private readonly identity: string | undefined;

  /**
   * @param name of the program, which no other has
   * @param textOf the program as one text, which needs no other file
   * @param variable environment variable that tells it what to do, as JSON
   */
  protected constructor(
    stack: TerraformStack,
    id: string,
    name: string,
    textOf: () => string,
    private readonly variable: string,
  ) {
    super(stack, id);
    const { path, revision } = fileOf(name, textOf);
    this.revision = revision;
    this.asset = new TerraformAsset(this, 'Script', { path, assetHash: revision });
    const provider = defaultGoogleProvider(this);
    this.identity = provider?.impersonateServiceAccountInput;
    this.billingProject = provider?.userProjectOverrideInput === true ? provider.billingProjectInput : undefined;
  }

  /**
   * Runs the program with what stands at a Terraform expression.
   * An interpreter, not a shell: the same on every system, and nothing to quote.
   */
  provisioner(reference: string, when: 'create' | 'destroy') {
    return {
      type: 'local-exec' as const,
      when,
      interpreter: ['node'],
      command: `\${path.module}/${this.asset.path}`,
      environment: {
        [this.variable]: `\${jsonencode(${reference})}`,
        ...(this.identity !== undefined && { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: this.identity }),
      },
    };
  }
}

/** The google provider that resources of the stack use unless they name another. */
export function defaultGoogleProvider(scope: Construct): GoogleProvider | undefined {
  const Google = providers.google();
  const all = TerraformStack.of(scope).node.findAll();
  return all.find((node): node is GoogleProvider => node instanceof Google && node.aliasInput === undefined);
}
