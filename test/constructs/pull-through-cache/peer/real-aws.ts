import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { engineEnvironment } from '../../../../rehearsal/run/environment';
import type { Requirement } from '../../../support/requirements';
import { MOTO } from './aws-stand-in';

/** Directory that `terraform providers mirror` has filled. */
const MIRROR = process.env['REAL_PROVIDERS_MIRROR'];

/** The newest aws in the mirror; the bindings are of a version that need not be there. */
export function awsVersion(): string | undefined {
  const directory = join(MIRROR ?? '', 'registry.terraform.io/hashicorp/aws');
  if (!MIRROR || !existsSync(directory)) return undefined;
  const versions = readdirSync(directory).flatMap((name) => /^(?:terraform-provider-aws_)?(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? []);
  return versions.sort((one, other) => other.localeCompare(one, undefined, { numeric: true }))[0];
}

/** Asks for packages only where they are going to be used. */
export function realAws(): Requirement {
  if (awsVersion() === undefined) {
    return { met: false, reason: 'REAL_PROVIDERS_MIRROR names no directory with a real aws provider, see docs/rehearsal.md' };
  }
  return MOTO.prepare();
}

interface Ran {
  readonly code: number | null;
  readonly text: string;
}

type Json = Record<string, unknown>;

/** A directory with a synthesized stack in it, and the real aws, which talks to a stand-in. */
export class RealAws {
  private readonly directory = mkdtempSync(join(tmpdir(), 'real-aws-'));

  constructor(
    private readonly endpoint: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {}

  /** The stack as it is, but for the google provider, which has nothing to do in it and would be installed all the same. */
  write(stack: Json): void {
    const { google: _, ...provider } = stack['provider'] as Json;
    const terraform = stack['terraform'] as { required_providers: Json };
    const { google: _google, ...required } = terraform.required_providers;
    const whole = { ...stack, provider, terraform: { ...terraform, required_providers: required } };
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(whole));
    writeFileSync(join(this.directory, 'peer_override.tf.json'), JSON.stringify(this.override()));
    const path = JSON.stringify(resolve(MIRROR!));
    writeFileSync(
      join(this.directory, 'terraform.tfrc'),
      `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\ndisable_checkpoint = true\n`,
    );
  }

  async run(...args: string[]): Promise<Ran> {
    const { AWS_CA_BUNDLE: _, ...inherited } = engineEnvironment({ TF_CLI_CONFIG_FILE: join(this.directory, 'terraform.tfrc') });
    const variables = Object.fromEntries(Object.entries(this.variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
    const env = { ...inherited, ...variables, AWS_EC2_METADATA_DISABLED: 'true', NO_PROXY: '127.0.0.1' };
    const child = spawn('terraform', [...args, '-no-color'], { cwd: this.directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return new Promise((done) => child.once('close', (code) => done({ code, text: text.replace(/[\s│]+/g, ' ') })));
  }

  async must(...args: string[]): Promise<Ran> {
    const ran = await this.run(...args);
    if (ran.code !== 0) throw new Error(`terraform ${args.join(' ')}: ${ran.text}`);
    return ran;
  }

  /** Address → actions of a plan that does something. */
  async plan(): Promise<Record<string, string>> {
    await this.must('plan', '-out=plan');
    const { text } = await this.must('show', '-json', 'plan');
    const { resource_changes: changes = [] } = JSON.parse(text) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    return Object.fromEntries(
      changes.filter(({ change }) => change.actions[0] !== 'no-op').map(({ address, change }) => [address, change.actions.join('+')]),
    );
  }

  /** Everything that Terraform wrote, the plan unpacked. */
  files(): string {
    const states = readdirSync(this.directory).filter((name) => name.startsWith('terraform.tfstate'));
    return states.map((name) => readFileSync(join(this.directory, name), 'utf8')).join('\n');
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private override(): Json {
    const services = ['ecr', 'iam', 'kms', 'secretsmanager', 'sts'];
    return {
      terraform: {
        required_providers: { aws: { source: 'hashicorp/aws', version: awsVersion() } },
        backend: { local: {} },
      },
      provider: {
        aws: {
          access_key: 'no-key',
          secret_key: 'no-secret',
          skip_credentials_validation: true,
          skip_metadata_api_check: 'true',
          // Without its id, which it asks STS for, it cannot read back what an account has once. Retries would hide a refusal for minutes.
          skip_requesting_account_id: false,
          max_retries: 1,
          endpoints: [Object.fromEntries(services.map((service) => [service, this.endpoint]))],
        },
      },
    };
  }
}
