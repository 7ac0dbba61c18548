import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAD } from '../support/answers';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '../..');

/** Runs the app as `cdktf synth` does, in a directory with these environment files. */
function synthesize(directory: string): { status: number | null; stdout: string; stderr: string } {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const env = { ...process.env, CDKTF_OUTDIR: join(directory, 'cdktf.out') };
  return spawnSync(process.execPath, [tsx, join(ROOT, 'main.ts')], { cwd: directory, env, encoding: 'utf8' });
}

describe('main.ts', () => {
  it('synthesizes the environments of this repository, without a path of this machine', () => {
    withFiles({}, (directory) => {
      cpSync(join(ROOT, 'environments'), join(directory, 'environments'), { recursive: true });
      const { status, stderr } = synthesize(directory);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      for (const environment of ['dev', 'staging', 'prod']) {
        const text = readFileSync(join(directory, `cdktf.out/stacks/${environment}-foundation/cdk.tf.json`), 'utf8');
        expect(text).not.toContain(directory);
        expect(text).not.toContain(ROOT);
      }
      expect(readFileSync(join(directory, 'cdktf.out/manifest.json'), 'utf8')).not.toContain(directory);
    });
  });

  it('tells what is wrong with an environment file, and no more', () => {
    withFiles({ 'environments/dev.yaml': 'tier: developement\n' }, (directory) => {
      const { status, stdout, stderr } = synthesize(directory);
      expect(status).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/environments\/dev\.yaml:1:7 {2}tier/);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(existsSync(join(directory, 'cdktf.out/stacks'))).toBe(false);
    });
  });

  it('warns of old names of settings, with their place, in what CDKTF prints and a rehearsal shows', () => {
    withFiles({ 'environments/dev.yaml': `${HEAD}deployIdentity: deployer@acme-ai-x.iam.gserviceaccount.com\n` }, (directory) => {
      expect(synthesize(directory)).toMatchObject({ status: 0, stderr: '' });
      const { stacks } = JSON.parse(readFileSync(join(directory, 'cdktf.out/manifest.json'), 'utf8')) as {
        stacks: Record<string, { annotations: object[] }>;
      };
      expect(stacks['dev-foundation']!.annotations).toMatchObject([
        {
          level: '@cdktf/warn',
          message:
            'environments/dev.yaml:6:1  deployIdentity  is deprecated: 1.0.0 refuses it. Write deployAs instead; nothing else changes.',
        },
      ]);
    });
  });

  it('tells what a construct refuses, and where', () => {
    const environment = {
      tier: 'development',
      project: { id: 'acme-ai-dev', number: '123456789012' },
      region: 'europe-west4',
      state: { backend: 'local' },
      network: { subnet: '10.0.0.0/24' },
      endpoints: {
        chat: {
          network: { mode: 'dedicated-public' },
          models: {
            stable: {
              model: 'projects/acme-ai-models/locations/europe-west4/models/chat@1',
              machine: { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_TESLA_T4' } },
              traffic: 100,
            },
          },
        },
      },
    };
    const text = JSON.stringify(environment);
    withFiles({ 'environments/dev.yaml': text, 'environments/test.yaml': text }, (directory) => {
      const { status, stderr } = synthesize(directory);
      const refusal = '-inference/Endpoints/chat: `models.stable.machine`: g2-standard-12 has 1 × NVIDIA_L4, got NVIDIA_TESLA_T4.\n';
      // Of every environment, not of the first only.
      expect({ status, stderr }).toEqual({ status: 1, stderr: `dev${refusal}test${refusal}` });
    });
  });

  it('tells why the stacks cannot be written', () => {
    withFiles({ 'environments/shared.yaml': '', 'cdktf.out': 'a file, where a directory has to be' }, (directory) => {
      cpSync(join(ROOT, 'environments'), join(directory, 'environments'), { recursive: true });
      const { status, stderr } = synthesize(directory);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^The stacks cannot be written: (ENOTDIR|EEXIST)[^\n]*\n$/);
    });
  });
});
