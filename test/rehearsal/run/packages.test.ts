import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { layOutWithPackages } from '../../../rehearsal/run/packages';
import { findRevision } from '../../../rehearsal/run/revision';
import { appWith, data, temporaryDirectory } from './app';

const PATH = process.env['PATH'] ?? '';
afterEach(() => void (process.env['PATH'] = PATH));

/** What npm does is no matter here: how it is called, and how it ends. */
function npmThat(script: string): void {
  const directory = temporaryDirectory();
  const npm = join(directory, 'npm');
  writeFileSync(npm, `#!/bin/sh\n${script}\n`);
  chmodSync(npm, 0o755);
  process.env['PATH'] = [directory, PATH].join(delimiter);
}

/** An app in git whose lock file is another now. */
function repository(lockNow: string, edit: (app: string) => void = () => undefined): string {
  const app = appWith({ 'dev-x': data('x') });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: app });
  writeFileSync(join(app, 'package-lock.json'), 'then');
  writeFileSync(join(app, '.gitignore'), 'node_modules\n');
  edit(app);
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'then');
  writeFileSync(join(app, 'package-lock.json'), lockNow);
  return app;
}

async function laidOut(lockNow: string, edit?: (app: string) => void): Promise<{ readonly directory: string; readonly notices: string[] }> {
  const app = repository(lockNow, edit);
  const [directory, notices] = [temporaryDirectory(), [] as string[]];
  const signal = new AbortController().signal;
  await layOutWithPackages(app, findRevision(app, 'HEAD'), directory, signal, (notice) => notices.push(notice));
  return { directory, notices };
}

const isLink = (directory: string): boolean => lstatSync(join(directory, 'node_modules')).isSymbolicLink();

describe('a revision', () => {
  it('runs with the packages installed now where it names the same', async () => {
    npmThat('exit 1');
    const { directory, notices } = await laidOut('then');
    expect([isLink(directory), notices]).toEqual([true, []]);
  });

  it('gets its own packages where it names others: npm ci, in its directory and not through the link', async () => {
    npmThat('mkdir node_modules && echo "$@" > node_modules/called');
    const { directory, notices } = await laidOut('now');
    expect([isLink(directory), notices]).toEqual([false, []]);
    expect(readFileSync(join(directory, 'node_modules', 'called'), 'utf8')).toMatch(/^ci /);
    expect(readFileSync(join(directory, 'package-lock.json'), 'utf8')).toBe('then');
  });

  it('runs with those installed now where its own cannot be had, and says so', async () => {
    npmThat('mkdir node_modules; echo half > node_modules/half; echo "npm error network" >&2; exit 1');
    const { directory, notices } = await laidOut('now');
    expect(isLink(directory)).toBe(true);
    expect(existsSync(join(directory, 'node_modules', 'half'))).toBe(false);
    expect(notices).toEqual([
      'HEAD names other packages, and they could not be installed (npm error network): it was synthesized with those installed now.',
    ]);
  });

  it('keeps packages that were committed, and repairs a link that was', async () => {
    const committed = (make: (modules: string) => void) => (app: string) => {
      rmSync(join(app, '.gitignore'));
      rmSync(join(app, 'node_modules'));
      make(join(app, 'node_modules'));
    };
    const own = committed((modules) => {
      mkdirSync(modules);
      writeFileSync(join(modules, 'own'), '');
    });
    const { directory, notices } = await laidOut('then', own);
    expect([existsSync(join(directory, 'node_modules', 'own')), isLink(directory), notices]).toEqual([true, false, []]);

    const link = committed((modules) => {
      mkdirSync(`${modules}-elsewhere`);
      symlinkSync('node_modules-elsewhere', modules);
      writeFileSync(join(modules, '..', '.gitignore'), 'node_modules-elsewhere\n');
    });
    expect(readlinkSync(join((await laidOut('then', link)).directory, 'node_modules'))).toMatch(/^\//);
  });

  it('says with what npm ended where npm says nothing', async () => {
    npmThat('exit 3');
    expect((await laidOut('now')).notices[0]).toContain('(npm ci ended with 3)');
  });
});
