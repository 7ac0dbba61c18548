import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(__dirname, '..');

/** Everything the app and the commands are made of; tests, documents and outputs are left behind. */
const LEFT_BEHIND = new Set([
  'node_modules',
  'environments',
  'test',
  'docs',
  'bench',
  'cdktf.out',
  '.git',
  '.rehearsal',
  '.ci',
  'coverage',
]);

/** The settings of one measured environment: the development one, with the options on that cost resources. */
const environment = (index: number): string => `tier: development
project:
  id: bench-project-${index}
  number: "${100000000000 + index}"
region: europe-west4
labels: { team: bench }
state: { backend: local }
network: { subnet: 10.10.0.0/24, nat: true, privateServicesAccess: 10.11.0.0/20 }
images:
  repositories: { gateway: {}, models: { keepVersions: 5 } }
  remotes: { docker-hub: { upstream: docker-hub } }
secrets:
  gateway-master-key: { source: generated, prefix: sk- }
  database-password: { source: generated }
  vendor-key: { source: provided }
`;

/** A copy of this repository in a temporary directory, with so many environments of the same shape. */
export function projectWith(environments: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  for (const entry of readdirSync(REPOSITORY)) {
    if (!LEFT_BEHIND.has(entry)) cpSync(join(REPOSITORY, entry), join(directory, entry), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(directory, 'node_modules'));
  mkdirSync(join(directory, 'environments'));
  for (let index = 1; index <= environments; index++) {
    writeFileSync(join(directory, 'environments', `env${index}.yaml`), environment(index));
  }
  return directory;
}
