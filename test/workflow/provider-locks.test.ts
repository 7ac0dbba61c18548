import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { scripts } from '../../package.json';
import { describeWith, terraform } from '../support/requirements';
import { PROJECT, run, SCRIPTS } from './scripts';

const GOOGLE = { source: 'google', version: '6.50.0' };
const AWS = { source: 'hashicorp/aws', version: '6.25.0' };
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

describeWith(terraform(), 'the lock file of providers', () => {
  const directory = mkdtempSync(join(tmpdir(), 'locks-'));
  const settings = join(directory, 'terraform.rc');
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }

  /** What a registry would send: of a provider nothing is run here, so a zip with a text in it will do. */
  function mirror(name: string, version: string, says: string): void {
    for (const platform of PLATFORMS) {
      const zip = zipSync({ [`terraform-provider-${name}_v${version}`]: strToU8(`${says} ${platform}`) });
      write(`mirror/registry.terraform.io/hashicorp/${name}/terraform-provider-${name}_${version}_${platform}.zip`, zip);
    }
  }

  function synthesize(stacks: Readonly<Record<string, Record<string, object>>>): void {
    const manifest: Record<string, object> = {};
    for (const [id, required_providers] of Object.entries(stacks)) {
      write(`cdktf.out/stacks/${id}/cdk.tf.json`, JSON.stringify({ terraform: { required_providers } }));
      manifest[id] = { synthesizedStackPath: `stacks/${id}/cdk.tf.json` };
    }
    write('cdktf.out/manifest.json', JSON.stringify({ stacks: manifest }));
  }

  const environment = { TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: '1' };
  const locks = (...args: string[]) => run(process.execPath, [join(SCRIPTS, 'provider-locks.mjs'), ...args], environment, directory);
  const plan = () => {
    const path = `${join(directory, 'bin')}:${process.env['PATH']}`;
    return run(join(SCRIPTS, 'plan.sh'), ['dev', join(directory, 'plans')], { ...environment, PATH: path }, directory);
  };
  const lockFile = (path = 'terraform.lock.hcl') => readFileSync(join(directory, path), 'utf8');
  const providersIn = (text: string) => [...text.matchAll(/^provider "(.+)"/gm)].map(([, address]) => address);

  beforeAll(() => {
    write('terraform.rc', `provider_installation {\n  filesystem_mirror {\n    path = "${join(directory, 'mirror')}"\n  }\n}\n`);
    // Terraform itself, but for what would start a provider.
    write('bin/terraform', '#!/bin/sh\ncase "$*" in *" plan "* | *" show "*) exit 0 ;; esac\nPATH="${PATH#*:}"\nexec terraform "$@"\n');
    chmodSync(join(directory, 'bin/terraform'), 0o755);
    mirror('google', GOOGLE.version, 'google');
    mirror('aws', AWS.version, 'aws');
    synthesize({
      'dev-foundation': { google: GOOGLE },
      'dev-registry': { google: GOOGLE, aws: AWS },
      'prod-foundation': { google: GOOGLE },
    });
  });

  it('is missing: a plan says so, and goes on', async () => {
    const { status, stdout } = await plan();
    expect(stdout).toContain('::warning::The repository locks no providers: node .github/scripts/provider-locks.mjs make');
    expect(status).toBe(0);
  });

  it('is made for four platforms, of every provider of every stack', async () => {
    expect(scripts['providers:lock']).toBe('node .github/scripts/provider-locks.mjs make');
    expect(existsSync(join(PROJECT, '.github/scripts/provider-locks.mjs'))).toBe(true);
    const made = await locks('make', `-fs-mirror=${join(directory, 'mirror')}`, '-no-color');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toMatch(
      /\nterraform\.lock\.hcl locks hashicorp\/google 6\.50\.0, hashicorp\/aws 6\.25\.0\. Read the difference, and commit it\.\n$/,
    );
    expect(providersIn(lockFile())).toEqual(['registry.terraform.io/hashicorp/aws', 'registry.terraform.io/hashicorp/google']);
    // Each platform's zip has a hash of its own.
    const hashes = [...lockFile().matchAll(/"(h1:[^"]+)"/g)].map(([, hash]) => hash);
    expect(new Set(hashes).size).toBe(2 * PLATFORMS.length);
  });

  it('gives each stack its part, which a plan holds to', async () => {
    const { status, stdout } = await plan();
    expect(stdout).not.toContain('::warning::');
    expect(status).toBe(0);
    expect(providersIn(lockFile('cdktf.out/stacks/dev-foundation/.terraform.lock.hcl'))).toEqual([
      'registry.terraform.io/hashicorp/google',
    ]);
    expect(providersIn(lockFile('cdktf.out/stacks/dev-registry/.terraform.lock.hcl'))).toHaveLength(2);
    // Another environment's are not planned.
    expect(existsSync(join(directory, 'cdktf.out/stacks/prod-foundation/.terraform.lock.hcl'))).toBe(false);
  });

  it('keeps out a provider that is not the one that was locked', async () => {
    mirror('google', GOOGLE.version, 'somebody else');
    for (const id of ['dev-foundation', 'dev-registry'])
      rmSync(join(directory, 'cdktf.out/stacks', id, '.terraform'), { recursive: true, force: true });
    const { status, stderr } = await plan();
    expect(stderr.replace(/[\s│]+/g, ' ')).toContain("doesn't match any of the checksums previously recorded in the dependency lock file");
    expect(status).toBe(1);
  });

  it('has to be made anew for another version, and for another provider', async () => {
    synthesize({ 'dev-foundation': { google: { ...GOOGLE, version: '7.0.0' } } });
    expect(await locks('copy', 'dev')).toMatchObject({
      status: 1,
      stderr:
        'terraform.lock.hcl locks hashicorp/google 6.50.0, and dev-foundation needs 7.0.0. Make it anew: node .github/scripts/provider-locks.mjs make\n',
    });
    synthesize({ 'dev-foundation': { random: { source: 'hashicorp/random', version: '3.7.2' } } });
    expect((await locks('copy', 'dev')).stderr).toBe(
      'terraform.lock.hcl has no hashicorp/random, which dev-foundation needs. Make it anew: node .github/scripts/provider-locks.mjs make\n',
    );
  });

  it('locks one version of a provider', async () => {
    synthesize({ 'dev-foundation': { google: GOOGLE }, 'dev-inference': { google: { ...GOOGLE, version: '7.0.0' } } });
    expect((await locks('make')).stderr).toBe(
      'dev-foundation wants hashicorp/google 6.50.0, and dev-inference 7.0.0: one file locks one version.\n',
    );
  });

  it('answers what it is not asked for', async () => {
    expect(await locks('copy', 'test')).toMatchObject({ status: 1, stderr: 'There is no stack of test in cdktf.out.\n' });
    expect(await locks('copy')).toMatchObject({ status: 1, stderr: 'make, or copy ENVIRONMENT?\n' });
  });
});
