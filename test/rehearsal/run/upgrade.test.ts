import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { summary } from '../../../rehearsal/run/changes';
import { appWith, changeStacks, data, failureOf, FOUNDATION, rehearsal, temporaryDirectory, type Stacks } from './app';

const git = (directory: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd: directory,
    encoding: 'utf8',
  });

/** An app whose first commit, tagged v1, has the given stacks. */
function repositoryWith(stacks: Stacks): string {
  const app = appWith(stacks);
  git(app, 'init', '-q');
  writeFileSync(join(app, '.gitignore'), 'node_modules\n');
  git(app, 'add', '.');
  git(app, 'commit', '-q', '-m', 'first');
  git(app, 'tag', 'v1');
  return app;
}

describe('rehearse --from', () => {
  it('deploys the revision first, and tells what the working tree would do to it', async () => {
    const app = repositoryWith({ 'dev-foundation': FOUNDATION });
    const resource = structuredClone(FOUNDATION.resource!) as Record<string, Record<string, Record<string, unknown>>>;
    resource['google_compute_subnetwork']!['Main']!['name'] = 'renamed';
    resource['google_secret_manager_secret']!['Key']!['labels'] = { team: 'ai' };
    delete resource['google_project_service'];
    changeStacks(app, {
      'dev-foundation': { ...FOUNDATION, resource },
      'dev-gateway': { ...data('new'), dependencies: ['dev-foundation'] },
    });
    const before = git(app, 'status', '--porcelain');

    const report = await rehearsal(app, { from: 'v1' });
    expect(report.outcome).toBe('ok');
    expect(report.upgradedFrom).toMatch(/^v1 \([0-9a-f]{10}\)$/);
    expect([...report.stacks[0]!.changes].sort((a, b) => a.address.localeCompare(b.address))).toEqual([
      { address: 'google_compute_subnetwork.Main', action: 'replace' },
      { address: 'google_project_service.Compute', action: 'delete' },
      { address: 'google_secret_manager_secret.Key', action: 'update' },
    ]);
    expect(report.stacks[1]!.changes).toEqual([{ address: 'terraform_data.One', action: 'create' }]);
    expect(report.stacks.flatMap(({ differences }) => differences)).toEqual([]);
    expect(git(app, 'status', '--porcelain')).toBe(before);
    expect(git(app, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('takes an app in a folder of its repository with what stands beside it', async () => {
    const app = appWith({ 'dev-x': data('x') });
    const repository = temporaryDirectory();
    const folder = join(repository, 'infra', 'app');
    cpSync(app, folder, { recursive: true });
    renameSync(join(folder, 'node_modules'), join(repository, 'node_modules'));
    renameSync(join(folder, 'stacks.json'), join(repository, 'stacks.json'));
    writeFileSync(join(folder, 'app.js'), readFileSync(join(app, 'app.js'), 'utf8').replace("'stacks.json'", "'../../stacks.json'"));
    writeFileSync(join(repository, '.gitignore'), 'node_modules\n');
    git(repository, 'init', '-q');
    git(repository, 'add', '.');
    git(repository, 'commit', '-q', '-m', 'first');
    changeStacks(repository, { 'dev-x': data('y') });
    const report = await rehearsal(folder, { from: 'HEAD' });
    expect(report.stacks.map(({ changes }) => changes)).toEqual([[{ address: 'terraform_data.One', action: 'update' }]]);
  });

  it('loses nothing that takes its state along under another address', async () => {
    const app = appWith({ 'dev-x': data('x') });
    execFileSync(process.execPath, ['app.js'], { cwd: app });
    const { resource, ...rest } = data('x');
    const renamed = { terraform_data: { Renamed: resource!['terraform_data']!['One']! } };
    // What `moveFromId` of a construct synthesizes.
    changeStacks(app, { 'dev-x': { ...rest, resource: renamed, moved: [{ from: 'terraform_data.One', to: 'terraform_data.Renamed' }] } });
    const report = await rehearsal(app, { from: 'cdktf.out' });
    expect(report.stacks.map(({ changes, differences }) => ({ changes, differences }))).toEqual([
      { changes: [{ address: 'terraform_data.Renamed', action: 'move' }], differences: [] },
    ]);
    expect(summary(report.stacks[0]!)).toBe('1 moved');
    changeStacks(app, { 'dev-x': { ...rest, resource: renamed } });
    expect((await rehearsal(app, { from: 'cdktf.out' })).stacks[0]!.changes.map(({ action }) => action).sort()).toEqual([
      'create',
      'delete',
    ]);
  });

  it('finds nothing to do where nothing changed', async () => {
    const report = await rehearsal(repositoryWith({ 'dev-foundation': FOUNDATION, 'dev-x': data('x') }), { from: 'HEAD' });
    expect(report.outcome).toBe('ok');
    expect(report.stacks.map(({ changes }) => changes)).toEqual([[], []]);
  });

  it('deploys synthesized stacks of a directory first, and leaves that as it was', async () => {
    const app = appWith({ 'dev-foundation': FOUNDATION, 'dev-x': data('x') });
    execFileSync(process.execPath, ['app.js'], { cwd: app });
    const left = join(app, 'cdktf.out', 'stacks', 'dev-x', '.terraform');
    mkdirSync(left);
    changeStacks(app, { 'dev-foundation': FOUNDATION, 'dev-x': data('y') });
    const listing = () => readdirSync(join(app, 'cdktf.out'), { recursive: true }).sort();
    const before = listing();
    const report = await rehearsal(app, { from: 'cdktf.out' });
    expect(report.upgradedFrom).toBe('cdktf.out');
    expect(report.stacks.map(({ changes }) => changes)).toEqual([[], [{ address: 'terraform_data.One', action: 'update' }]]);
    expect(listing()).toEqual(before);
  });

  it('says what a directory without synthesized stacks lacks', async () => {
    const app = repositoryWith({ 'dev-x': data('x') });
    mkdirSync(join(app, 'stacks-of-old'));
    expect(await failureOf(rehearsal(app, { from: 'stacks-of-old' }))).toBe(
      'usage: --from stacks-of-old: git knows no such revision. stacks-of-old is a directory or file, and no manifest.json of synthesized stacks is in it.',
    );
  });

  it.each([['nonsense'], ['-rf'], ['HEAD:app.js'], ['']])('says that git knows no revision %p', async (from) => {
    expect(await failureOf(rehearsal(repositoryWith({ 'dev-x': data('x') }), { from }))).toMatch(
      new RegExp(`^usage: --from ${from}: git knows no such revision\\.`),
    );
  });

  it('says that there is no repository', async () => {
    const app = appWith({ 'dev-x': data('x') });
    expect(await failureOf(rehearsal(app, { from: 'HEAD' }))).toBe(`usage: --from HEAD: ${app} is not in a git repository`);
  });

  it('says which revision does not synthesize', async () => {
    const app = repositoryWith({ 'dev-x': data('x') });
    const good = join(temporaryDirectory(), 'good');
    writeFileSync(join(app, 'app.js'), 'console.error("broken then"); process.exit(1);');
    git(app, 'commit', '-qam', 'broken');
    git(app, 'checkout', '-q', 'v1', '--', 'app.js');
    expect(await failureOf(rehearsal(app, { from: 'HEAD', keep: good }))).toMatch(
      /^synthesis: at HEAD \([0-9a-f]{10}\), with the packages installed now, the stacks do not synthesize:\n {2}broken then$/,
    );
    expect(readdirSync(good)).not.toContain('revision');
  });
});
