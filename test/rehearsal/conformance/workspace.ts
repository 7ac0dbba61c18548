import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resources } from './cases';

/** One configuration, given to Terraform as a module of its own: cases cannot disturb each other, and errors name their case. */
export interface Module {
  readonly name: string;
  readonly resources: Resources;
}

export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
  readonly snippet?: { readonly context?: string; readonly code?: string };
}

export interface Change {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly before_sensitive: unknown;
  readonly after: unknown;
  readonly after_unknown: unknown;
  readonly after_sensitive: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

export interface ResourceChange {
  readonly address: string;
  readonly module_address: string;
  readonly change: Change;
}

export interface Plan {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly ResourceChange[];
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';

/** A directory with one root configuration and a module a case, in which one kind of provider is attached or installed. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), 'conformance-'));

  constructor(
    private readonly providerVersion: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Writes the modules and a root that calls them; what other calls wrote stays on disk but is not called. */
  write(modules: readonly Module[]): void {
    for (const { name, resources } of modules) {
      mkdirSync(join(this.directory, name), { recursive: true });
      // One argument a line: the code of a diagnostic is then the argument it is about.
      writeFileSync(join(this.directory, name, 'main.tf.json'), JSON.stringify({ resource: resources }, null, 1));
    }
    const root = {
      terraform: { required_providers: { google: { source: 'hashicorp/google', version: this.providerVersion } }, backend: { local: {} } },
      provider: { google: { project: 'acme-ai-dev', region: 'europe-west1', zone: 'europe-west1-b' } },
      module: Object.fromEntries(modules.map(({ name }) => [name, { source: `./${name}` }])),
    };
    writeFileSync(join(this.directory, 'main.tf.json'), JSON.stringify(root));
  }

  async init(): Promise<void> {
    await this.must('init', '-input=false');
  }

  /** The version of google that `init` selected, or undefined where the provider is attached, not installed. */
  async selectedVersion(): Promise<string | undefined> {
    const { stdout } = await this.must('version', '-json');
    const { provider_selections: selections } = JSON.parse(stdout) as { provider_selections: Record<string, string> };
    return selections['registry.terraform.io/hashicorp/google'];
  }

  async validate(): Promise<Diagnostic[]> {
    const { stdout, stderr } = await this.run('validate', '-json');
    if (!stdout) throw new Error(`terraform validate: ${stderr}`);
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics.filter(isError);
  }

  /** Plans without asking the service anything, on the given state file or on nothing. */
  async plan(state = 'no-such.tfstate'): Promise<Plan> {
    const { stdout, stderr } = await this.run('plan', '-json', '-refresh=false', '-lock=false', `-state=${state}`, '-out=plan');
    const messages = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { diagnostic?: Diagnostic }); // prettier-ignore
    const diagnostics = messages.flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : [])).filter(isError);
    const shown = await this.run('show', '-json', 'plan');
    if (shown.status !== 0) throw new Error(`terraform plan: ${stderr}${JSON.stringify(diagnostics)}\nterraform show: ${shown.stderr}`);
    return { diagnostics, changes: (JSON.parse(shown.stdout) as { resource_changes?: ResourceChange[] }).resource_changes ?? [] };
  }

  /** Returns the path of the state file. */
  async apply(): Promise<string> {
    const state = join(this.directory, 'applied.tfstate');
    await this.must('apply', '-auto-approve', '-input=false', `-state=${state}`);
    return state;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async must(...args: string[]): Promise<Run> {
    const run = await this.run(...args);
    if (run.status !== 0) throw new Error(`terraform ${args.join(' ')}: ${run.stderr || run.stdout}`);
    return run;
  }

  /** Not `spawnSync`: the embedded provider answers from this very process. */
  private run(...args: string[]): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn('terraform', [...args, '-no-color'], { cwd: this.directory, env: this.environment });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, stdout, stderr }));
    });
  }
}
