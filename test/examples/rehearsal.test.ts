import { execSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report } from '../../rehearsal';
import { describeWith, terraform } from '../support/requirements';
import { commandsOf, countsOf, EXAMPLES, INDEX, policyErrors, readme, ROOT, room, run, temporaryDirectory, toldRehearsal } from './example';

const FOLDERS = readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** These have tests of their own. */
const WALKED = ['endpoint-canary', 'prototype-to-production'];

describe('the index of examples', () => {
  it('has a row for each, and no others', () => expect([...INDEX.keys()].sort()).toEqual(FOLDERS));

  it.each(FOLDERS)('%s says how it is rehearsed, held to the policy and deployed, what that takes, and what costs', (name) => {
    const commands = commandsOf(readme(name)).join('\n');
    for (const command of ['cdktf-vertex-gateway rehearse', 'cdktf-vertex-gateway policy', 'cdktf deploy'])
      expect(commands).toMatch(new RegExp(`^npx ${command}\\b`, 'm'));
    for (const heading of ['## Permissions', '## Cost']) expect(readme(name)).toContain(`\n${heading}\n`);
  });
});

describeWith(terraform(), 'examples', () => {
  it.each(FOLDERS.filter((name) => !WALKED.includes(name)))('%s deploys as it says, keeps the policy, and goes again', async (name) => {
    const projectDir = join(EXAMPLES, name);
    const { keep, synthesized } = room();
    const report = await run(projectDir, { ...toldRehearsal(name), environments: 'all', keep, from: existingOf(name), destroy: true });
    expect(report.stacks.flatMap(({ stack, differences }) => differences?.map(({ address }) => `${stack}: ${address}`))).toEqual([]);
    expect([report.outcome, report.secrets.leaks, report.violations]).toEqual(['ok', [], []]);
    expect(countsOf(report)).toEqual(INDEX.get(name));

    const tier = commandsOf(readme(name)).some((line) => line.endsWith('policy --tier development')) ? 'development' : 'production';
    expect(policyErrors(projectDir, synthesized, tier)).toEqual([]);
    if (name === 'adopt-existing') expectAdoption(report);
    if (name === 'ecr-caches') expect(readFileSync(join(synthesized, 'stacks', 'registry', 'cdk.tf.json'), 'utf8')).not.toContain('google');
  });

  it('adopt-existing needs what exists, and says so', async () => {
    await expect(run(join(EXAMPLES, 'adopt-existing'), { environments: 'all' })).rejects.toThrow(
      'Cannot import non-existent remote object',
    );
  });

  it('foreign-app is rehearsed by the name of a stack, with what that stands on', async () => {
    expect(toldRehearsal('foreign-app')).toEqual({ environments: ['search-prod'] });
    await expect(run(join(EXAMPLES, 'foreign-app'), { environments: ['search-prd'] })).rejects.toThrow("did you mean 'search-prod'?");
  });
});

/** What was there before, synthesized as the page says. */
function existingOf(name: string): string | undefined {
  const [, app] = /^npx cdktf synth --app '([^']+)' --output \S+$/m.exec(commandsOf(readme(name)).join('\n')) ?? [];
  if (app === undefined) return undefined;
  const directory = temporaryDirectory();
  execSync(app, { cwd: join(EXAMPLES, name), env: { ...process.env, CDKTF_OUTDIR: directory }, stdio: 'pipe' });
  return directory;
}

/** Imported by the real Terraform; nothing of it was made again, and nothing lost. */
function expectAdoption({ stacks, destroyed }: Report): void {
  const changes = stacks.flatMap((stack) => stack.changes);
  const of = (wanted: (change: (typeof changes)[number]) => boolean) => changes.filter(wanted).map(({ address }) => address.split('.')[0]);
  expect(of(({ action, imported }) => action === 'import' || imported === true).sort()).toEqual([
    'google_artifact_registry_repository',
    'google_kms_crypto_key',
    'google_kms_key_ring',
    'google_secret_manager_secret',
  ]);
  expect(of(({ action }) => action === 'create').sort()).toEqual([
    'google_artifact_registry_repository_iam_member',
    'google_secret_manager_secret_iam_member',
  ]);
  expect(of(({ action }) => action === 'replace' || action === 'delete')).toEqual([]);
  // What was adopted is this app's own now: it goes with it.
  expect(destroyed?.leftovers).toEqual([]);
}

it('cdktf-cli synthesizes an example where it stands', () => {
  const output = temporaryDirectory();
  const cdktf = join(ROOT, 'node_modules', '.bin', 'cdktf');
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  execSync(`${cdktf} synth --output ${output}`, { cwd: join(EXAMPLES, 'github-federation'), env, stdio: 'pipe' });
  expect(readdirSync(join(output, 'stacks'))).toEqual(['github']);
});
