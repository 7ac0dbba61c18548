import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exportStacks, Occupied, type SynthesizedStack } from '../../export';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'export-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const out = (...parts: string[]) => join(directory, 'out', ...parts);
const read = (...parts: string[]): unknown => JSON.parse(readFileSync(out(...parts), 'utf8'));

/** A stack as CDKTF writes it, with these files beside its configuration. */
function stack(id: string, configuration: object, files: Record<string, string> = {}, dependencies: string[] = []): SynthesizedStack {
  const place = join(directory, 'cdktf.out/stacks', id);
  for (const [path, text] of Object.entries({ 'cdk.tf.json': '{}', ...files })) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  return { id, directory: place, dependencies, configuration };
}

const made = (path: string, more: object = {}) => ({ '//': { metadata: { path, uniqueId: 'X' } }, ...more });

const runs = (file: string, more: object = {}) => ({
  provisioner: [{ 'local-exec': { command: `\${path.module}/${file}`, interpreter: ['node'], when: 'create', ...more } }],
});

describe('an exported stack', () => {
  it('has a file for each construct, and the others where people look for them', () => {
    const configuration = {
      '//': { metadata: { stackName: 'dev-a' } },
      terraform: { required_version: '>= 1.11' },
      provider: { google: [{ project: 'p' }] },
      variable: { token: { ephemeral: true } },
      locals: { one: 1 },
      output: { url: { value: 'x' } },
      resource: {
        google_dns_managed_zone: { A: made('dev-a/FrontDoor/Zone', { name: 'a' }), B: made('dev-a/Network/Zone', { name: 'b' }) },
        google_storage_bucket: { C: made('dev-a/FrontDoor/Logs', { name: 'c' }), D: { name: 'by override' } },
      },
      data: { google_project: { E: { '//': { metadata: { path: 'dev-a/Network/Project' }, why: 'its number' } } } },
      moved: [{ from: 'a', to: 'b' }],
    };
    exportStacks([stack('dev-a', configuration)], out());
    const files = readdirSync(out('dev-a')).sort();
    expect(Object.fromEntries(files.map((file) => [file, read('dev-a', file)]))).toEqual({
      'front-door.tf.json': { resource: { google_dns_managed_zone: { A: { name: 'a' } }, google_storage_bucket: { C: { name: 'c' } } } },
      'locals.tf.json': { locals: { one: 1 } },
      'main.tf.json': { resource: { google_storage_bucket: { D: { name: 'by override' } } } },
      'moves.tf.json': { moved: [{ from: 'a', to: 'b' }] },
      'network.tf.json': {
        resource: { google_dns_managed_zone: { B: { name: 'b' } } },
        data: { google_project: { E: { '//': { why: 'its number' } } } },
      },
      'outputs.tf.json': { output: { url: { value: 'x' } } },
      'providers.tf.json': { provider: { google: [{ project: 'p' }] } },
      'variables.tf.json': { variable: { token: { ephemeral: true } } },
      'versions.tf.json': { terraform: { required_version: '>= 1.11' } },
    });
  });

  it('keeps its state: in a bucket where it was, in a file by a path from where it is now', () => {
    const local = { terraform: { backend: { local: { path: '../../../.state/dev-a.tfstate' } } } };
    const gcs = { terraform: { backend: { gcs: { bucket: 'b', prefix: 'dev-b' } } } };
    exportStacks([stack('dev-a', local), stack('dev-b', gcs)], out());
    expect(read('dev-a', 'versions.tf.json')).toEqual({ terraform: { backend: { local: { path: '../../.state/dev-a.tfstate' } } } });
    expect(read('dev-b', 'versions.tf.json')).toEqual(gcs);
  });

  it('runs its programs in Python, and no longer carries them for Node; other assets it keeps', () => {
    const configuration = {
      resource: {
        terraform_data: {
          A: runs('assets/X/1/reconcile.cjs', { environment: { VX_SPEC: '…' } }),
          B: runs('assets/Y/1/grant-role.cjs', { environment: { GW_STEP: '…', GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'a@b' } }),
        },
      },
    };
    const files = { 'assets/X/1/reconcile.cjs': 'node', 'assets/Y/1/grant-role.cjs': 'node', 'assets/Z/1/page.html': '<p>' };
    const [exported] = exportStacks([stack('dev-a', configuration, files)], out());
    expect(exported).toMatchObject({ programs: ['grant_role.py', 'reconcile.py'], left: [] });
    expect(read('dev-a', 'main.tf.json')).toMatchObject({
      resource: {
        terraform_data: {
          A: { provisioner: [{ 'local-exec': { interpreter: ['python3', '-B'], command: '${path.module}/programs/reconcile.py' } }] },
          B: { provisioner: [{ 'local-exec': { when: 'create', environment: { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'a@b' } } }] },
        },
      },
    });
    expect(readdirSync(out('dev-a/assets'), { recursive: true, encoding: 'utf8' }).sort()).toEqual(['Z', 'Z/1', 'Z/1/page.html']);
    expect(readdirSync(out('dev-a/programs'))).toEqual(expect.arrayContaining(['gateway', 'google_api', 'vertex', 'reconcile.py']));
    expect(existsSync(out('dev-a/programs/migrate.py'))).toBe(false);
  });

  it.each([
    ['a program of somebody else', runs('assets/X/1/other.cjs')],
    ['one that only has the name of ours', runs('assets/X/1/migrate.cjs')],
    ['a shell that starts one', { provisioner: [{ 'local-exec': { command: 'cd x && node y.js' } }] }],
  ])('tells that %s still needs Node', (_what, resource) => {
    const files = { 'assets/X/1/other.cjs': 'x', 'assets/X/1/migrate.cjs': 'x' };
    const [exported] = exportStacks([stack('dev-a', { resource: { terraform_data: { A: resource } } }, files)], out());
    expect(exported!.left).toHaveLength(1);
    expect(existsSync(out('dev-a/assets/X/1/migrate.cjs'))).toBe(true);
    expect(readFileSync(out('README.md'), 'utf8')).toContain(`## Still with Node\n\nCommands of provisioners that only their authors can replace:\n\n- \`dev-a\`: \`${exported!.left[0]}\``); // prettier-ignore
  });

  it('leaves alone what needs no Node', () => {
    const provisioner = [{ 'local-exec': { command: 'gcloud auth list' } }];
    const [exported] = exportStacks([stack('dev-a', { resource: { terraform_data: { A: { provisioner } } } })], out());
    expect(exported).toMatchObject({ left: [], programs: [] });
    expect(read('dev-a', 'main.tf.json')).toEqual({ resource: { terraform_data: { A: { provisioner } } } });
    expect(readFileSync(out('README.md'), 'utf8')).not.toContain('python3');
  });

  it('takes its lock file along, and nothing else that an engine has left', () => {
    const left = { '.terraform.lock.hcl': '# old', '.terraform/modules.json': '{}', plan: 'x', 'terraform.tfstate.d': 'x' };
    const better = join(directory, 'locks');
    mkdirSync(better);
    writeFileSync(join(better, '.terraform.lock.hcl'), '# new');
    const lockDirectories = (id: string) => (id === 'dev-b' ? [better] : []);
    const exported = exportStacks([stack('dev-a', {}, left), stack('dev-b', {}, left), stack('dev-c', {})], out(), { lockDirectories });
    expect(exported.map(({ locked }) => locked)).toEqual([true, true, false]);
    expect(readdirSync(out('dev-a'))).toEqual(['.terraform.lock.hcl']);
    expect(readFileSync(out('dev-b/.terraform.lock.hcl'), 'utf8')).toBe('# new');
  });
});

it('the README has every stack after what it depends on', () => {
  exportStacks([stack('dev-c', {}, {}, ['dev-b', 'elsewhere']), stack('dev-a', {}), stack('dev-b', {}, {}, ['dev-a'])], out());
  const plans = [...readFileSync(out('README.md'), 'utf8').matchAll(/^terraform -chdir=(\S+) init && terraform -chdir=\1 plan$/gm)];
  expect(plans.map(([, id]) => id)).toEqual(['dev-a', 'dev-b', 'dev-c']);
  expect(readFileSync(out('README.md'), 'utf8')).not.toContain('elsewhere');
});

it('nothing is written where something is', () => {
  mkdirSync(out());
  writeFileSync(out('mine.tf'), '');
  expect(() => exportStacks([stack('dev-a', {})], out())).toThrow(Occupied);
  expect(readdirSync(out())).toEqual(['mine.tf']);
});
