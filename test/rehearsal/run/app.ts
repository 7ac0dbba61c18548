import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { noDisplay } from '../../../rehearsal/run/display';
import { RehearsalError } from '../../../rehearsal/run/exit-codes';
import { rehearse, type RehearseOptions } from '../../../rehearsal/run/rehearse';
import { type Report } from '../../../rehearsal/run/report';
import { type Configuration } from '../../../rehearsal/run/stacks';

/** Stacks by id: their configuration, and what they depend on. */
export type Stacks = Readonly<Record<string, StackText>>;

export interface StackText extends Configuration {
  readonly dependencies?: readonly string[];
  readonly provider?: unknown;
  readonly output?: unknown;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** Writes what cdktf writes when it synthesizes: a manifest, and a cdk.tf.json a stack. The stacks are read anew at each run. */
const APP = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const out = process.env.CDKTF_OUTDIR || 'cdktf.out';
const stacks = {};
for (const [id, { dependencies = [], ...configuration }] of Object.entries(JSON.parse(readFileSync('stacks.json', 'utf8')))) {
  const workingDirectory = join('stacks', id);
  mkdirSync(join(out, workingDirectory), { recursive: true });
  const backend = { terraform: { backend: { gcs: { bucket: 'nobody-goes-there' } }, ...configuration.terraform } };
  const about = { '//': { metadata: { version: '0.21.0', stackName: id, backend: 'gcs' }, outputs: {} } };
  writeFileSync(join(out, workingDirectory, 'cdk.tf.json'), JSON.stringify({ ...about, ...configuration, ...backend }));
  stacks[id] = { name: id, dependencies, workingDirectory, synthesizedStackPath: join(workingDirectory, 'cdk.tf.json'), annotations: [] };
}
writeFileSync(join(out, 'manifest.json'), JSON.stringify({ version: '0.21.0', stacks }));
`;

const made: string[] = [];
afterAll(() => made.splice(0).forEach((directory) => rmSync(directory, { recursive: true, force: true })));

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rehearsal-test-'));
  made.push(directory);
  return directory;
}

/** An app in a directory of its own, with the packages of this repository. */
export function appWith(stacks: Stacks): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'cdktf.json'), JSON.stringify({ app: 'node app.js' }));
  writeFileSync(join(directory, 'app.js'), APP);
  symlinkSync(resolve(__dirname, '../../../node_modules'), join(directory, 'node_modules'), 'dir');
  changeStacks(directory, stacks);
  return directory;
}

export const changeStacks = (directory: string, stacks: Stacks): void =>
  writeFileSync(join(directory, 'stacks.json'), JSON.stringify(stacks, undefined, 2));

export type Options = Partial<RehearseOptions>;

export const rehearsal = (projectDir: string, options: Options = {}, signal = new AbortController().signal): Promise<Report> =>
  rehearse({ projectDir, environments: 'all', ...options }, noDisplay, signal);

/** The message that a rehearsal ends with, after its outcome. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RehearsalError)) throw error ?? new Error('it did not fail');
  return `${error.outcome}: ${error.message}`;
}

/** A stack with the google provider and what is put into it. */
export const google = (configuration: StackText): StackText => ({
  ...configuration,
  terraform: {
    required_providers: { google: { source: 'google', version: '6.50.0' }, random: { source: 'hashicorp/random', version: '3.7.2' } },
  },
  provider: { google: [{ project: 'acme-test', region: 'europe-west1' }] },
});

const ephemeral = { random_password: { Key: { length: 24, special: false } } };

/** A network, and a secret whose value is made up when it is written. */
export const FOUNDATION = google({
  ephemeral,
  resource: {
    google_compute_network: { Vpc: { name: 'vpc', auto_create_subnetworks: false } },
    google_compute_subnetwork: { Main: { name: 'main', ip_cidr_range: '10.0.0.0/24', network: '${google_compute_network.Vpc.id}' } },
    google_secret_manager_secret: { Key: { secret_id: 'key', replication: { auto: {} } } },
    google_secret_manager_secret_version: {
      Key: {
        secret: '${google_secret_manager_secret.Key.id}',
        secret_data_wo: '${ephemeral.random_password.Key.result}',
        secret_data_wo_version: 1,
      },
    },
    google_project_service: { Compute: { service: 'compute.googleapis.com', disable_on_destroy: false } },
  },
});

export const data = (input: unknown): StackText => ({ resource: { terraform_data: { One: { input } } } });
