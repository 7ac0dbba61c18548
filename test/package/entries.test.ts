import { spawnSync } from 'node:child_process';
import { exports as entries } from '../../package.json';
import { compilerOptions } from '../../tsconfig.json';
import { installedApp } from '../support/installed';
import { describeWith } from '../support/requirements';

const GOOGLE = ['@cdktf/provider-google', 'cdktf', 'constructs'];
const AWS = ['@cdktf/provider-aws', 'cdktf', 'constructs'];

/** Of the peers, what each entry loads: it must not take longer to import than what it is for takes. */
const LOADS: Readonly<Record<string, readonly string[]>> = {
  '.': ['@cdktf/provider-aws', ...GOOGLE],
  './stacks': ['@cdktf/provider-aws', ...GOOGLE],
  './core': ['cdktf', 'constructs'],
  './secrets': GOOGLE,
  './network': GOOGLE,
  './images': GOOGLE,
  './encryption': GOOGLE,
  './project': GOOGLE,
  './vertex-endpoint': GOOGLE,
  './workload-identity': GOOGLE,
  './service-perimeter': GOOGLE,
  './gateway': GOOGLE,
  './pull-through-cache': AWS,
  './model-catalog': [],
  './configuration': [],
  './keys': [],
  './policy': [],
  './review': [],
  './rehearsal': [],
};

const INSTALLED = installedApp();

const nameOf = (entry: string): string => `cdktf-vertex-gateway${entry.slice(1)}`;

/** What a program prints as JSON, in an app that has the package. */
function output<T>(app: string, program: string, ...options: string[]): T {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, '--eval', program], { cwd: app, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** Names that an entry exports, and packages that it loads, alone in its process. */
const LOAD = (name: string) => `
  const names = Object.keys(require('${name}')).sort();
  const packages = Object.keys(require.cache).map((file) => /.*node_modules.((?:@[^/\\\\]+.)?[^/\\\\]+)/.exec(file)[1].replace('\\\\', '/'));
  console.log(JSON.stringify({ names, packages: [...new Set(packages)].sort() }));`;

/** The names that each module has for an import, as a project of ES modules sees them. */
const IMPORT = (names: readonly string[]) => `
  const all = await Promise.all(${JSON.stringify(names)}.map(async (name) => [name, Object.keys(await import(name)).sort()]));
  console.log(JSON.stringify(Object.fromEntries(all)));`;

const PATHS = Object.keys(entries).filter((path) => path !== './package.json');

it('the name of every entry leads to the sources in this repository', () => {
  const sources = Object.fromEntries(PATHS.map((path) => [nameOf(path), [sourceOf(path)]]));
  expect(compilerOptions.paths).toEqual(sources);
});

const sourceOf = (path: string): string =>
  (entries[path as keyof typeof entries] as { default: string }).default.replace('/dist/', '/').replace(/\/index\.js$/, '');

describeWith(INSTALLED, 'the entries of the package', () => {
  let app: string;
  let named: Record<string, string[]>;
  beforeAll(() => {
    app = INSTALLED.appWith({});
    named = output(app, IMPORT(PATHS.map(nameOf)), '--input-type=module');
  });

  it('are all listed here', () => expect(Object.keys(LOADS).sort()).toEqual([...PATHS].sort()));

  it.each(PATHS)('%s loads alone, with no more of the peers than it needs, and has its names as an ES module too', (path) => {
    const { names, packages } = output<{ names: string[]; packages: string[] }>(app, LOAD(nameOf(path)));
    expect(packages.filter((name) => /^(@cdktf\/.*|cdktf|constructs)$/.test(name))).toEqual(LOADS[path]);
    expect(names.length).toBeGreaterThan(0);
    expect(named[nameOf(path)]).toEqual(expect.arrayContaining(names));
  });

  it('leave everything else closed', () => {
    for (const name of [
      'cdktf-vertex-gateway/dist/stacks/index.js',
      'cdktf-vertex-gateway/gateway/service',
      'cdktf-vertex-gateway/perimeter',
    ]) {
      const program = `try { require('${name}'); console.log('"open"'); } catch (error) { console.log(JSON.stringify(error.code)); }`;
      expect(output(app, program)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    }
  });

  it('tell the version', () => {
    expect(output(app, `console.log(JSON.stringify(require('cdktf-vertex-gateway/package.json').name))`)).toBe('cdktf-vertex-gateway');
  });
});
