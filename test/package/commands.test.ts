import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { dependencies, peerDependencies, version } from '../../package.json';
import { HEAD } from '../support/answers';
import { installedApp } from '../support/installed';
import { describeWith, terraform } from '../support/requirements';
import { APPS } from './foreign-app';

const ROOT = join(__dirname, '../..');

const CDKTF_JSON = '{ "app": "node main.js" }';
const MAIN = `require('cdktf-vertex-gateway').synthesizeEnvironments();`;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(directory: string, file: string, args: readonly string[], outdir?: string): Ended {
  const env = { ...process.env, ...(outdir === undefined ? {} : { CDKTF_OUTDIR: join(directory, outdir) }) };
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: directory, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

/** Path → content of what was synthesized. */
function filesOf(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(directory.length), readFileSync(path, 'utf8')]));
}

const INSTALLED = installedApp();

describeWith(INSTALLED, 'the package in an empty CDKTF app', () => {
  let app: string;
  const command = (...args: string[]): Ended => run(app, join('node_modules', '.bin', 'cdktf-vertex-gateway'), args);
  beforeAll(() => {
    app = INSTALLED.appWith({ 'cdktf.json': CDKTF_JSON, 'main.js': MAIN, 'environments/dev.yaml': HEAD });
  });

  it('synthesizes single constructs, from CommonJS and from an ES module', () => {
    const foreign = INSTALLED.appWith(APPS);
    for (const file of Object.keys(APPS))
      expect(run(foreign, process.execPath, [file], `${file}.out`)).toMatchObject({ status: 0, stderr: '' });
    const json = readFileSync(join(foreign, 'main.cjs.out/stacks/network/cdk.tf.json'), 'utf8');
    expect(Object.keys((JSON.parse(json) as { resource: object }).resource)).toContain('google_compute_network');
    expect(readFileSync(join(foreign, 'main.mjs.out/stacks/network/cdk.tf.json'), 'utf8')).toBe(json);
  });

  it('synthesizes environments to what the sources make of them, byte for byte: programs that stacks carry included', () => {
    const all = INSTALLED.appWith({ 'main.js': MAIN });
    cpSync(join(ROOT, 'environments'), join(all, 'environments'), { recursive: true });
    expect(run(all, process.execPath, ['main.js'], 'out')).toMatchObject({ status: 0, stderr: '' });
    const installed = filesOf(join(all, 'out'));
    rmSync(join(all, 'out'), { recursive: true });
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    expect(run(all, process.execPath, [tsx, join(ROOT, 'main.ts')], 'out')).toMatchObject({ status: 0, stderr: '' });
    const fromSources = filesOf(join(all, 'out'));
    expect(Object.keys(installed).sort()).toEqual(Object.keys(fromSources).sort());
    // Compared one by one: what differs is shown, and not the whole.
    for (const [path, text] of Object.entries(fromSources))
      if (installed[path] !== text) expect([path, installed[path]]).toEqual([path, text]);
  });

  it('checks, judges and lists', () => {
    expect(command('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    expect(command('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 environment, no problems') as string });
    const judged = command('policy', '--format', 'sarif');
    expect(judged).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(judged.stdout)).toMatchObject({ runs: [{ tool: { driver: { version } } }] });
    expect(readdirSync(app).sort()).toEqual(['cdktf.json', 'environments', 'main.js', 'node_modules']);
  });

  it('has every command, without what only this repository has installed', () => {
    const folder = join(app, 'node_modules/cdktf-vertex-gateway/dist/cli');
    const load = `for (const { load } of Object.values(require('${folder}/commands.js').COMMANDS)) if (!load().run) throw new Error('no run');`;
    expect(run(app, process.execPath, ['--eval', load])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('asks for nothing that it does not name as a dependency, wherever it asks', () => {
    const known = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), ...builtinModules, 'cdktf-vertex-gateway']);
    const modules = filesOf(join(INSTALLED.directory, 'node_modules/cdktf-vertex-gateway/dist'));
    const asked = Object.entries(modules)
      .filter(([path]) => path.endsWith('.js'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/\b(?:require|require\.resolve|import)\(["']([@\w][\w@/:.-]*)["']\)/g)].map(([, name]) => [path, name!]),
      );
    const unknown = asked.filter(([, name]) => !known.has(name!.replace(/^node:/, '').replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1')));
    expect(asked.length).toBeGreaterThan(100);
    expect(unknown).toEqual([]);
  });

  describeWith(terraform(), 'with Terraform', () => {
    it('rehearses', () => {
      const { status, stdout, stderr } = command('rehearse', 'dev', '--json');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'ok', environments: ['dev'] });
    });
  });
});
