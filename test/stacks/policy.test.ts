import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../configuration';
import { Testing, withoutTokenTraces } from '../../constructs/core';
import { readEvidence } from '../../perimeter';
import { checkPolicy } from '../../policy';
import { buildEnvironment, policyOf } from '../../stacks';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '../..');
const TSX = join(ROOT, 'node_modules/tsx/dist/cli.mjs');

/** Suppressions expire: the environments of this repository are held to the day on which they were written. */
const TODAY = '2026-11-21';

const environments = loadEnvironments(join(ROOT, 'environments'));

describe('the environments of this repository', () => {
  it.each(environments.map((environment) => [environment.name, environment] as const))('%s keep to the policy', (name, environment) => {
    const report = withoutTokenTraces(() => {
      const evidence = readEvidence(join(ROOT, 'environments'), name);
      const stacks = buildEnvironment(Testing.app(), environment, { perimeterEvidence: evidence });
      const documents = stacks.map((stack) => ({ name: stack.node.id, json: stack.toTerraform() }));
      return checkPolicy(documents, { ...policyOf(environment), today: TODAY });
    });
    expect(report.findings.map(({ rule, path, place, outcome, message }) => [outcome, rule, path, place, message].join(' '))).toEqual([]);
    expect(report.passed).toBeGreaterThan(300);
  });
});

const environment = (changes: object) =>
  JSON.stringify({
    tier: 'production',
    project: { id: 'acme-ai-prod', number: '123456789012' },
    region: 'europe-west4',
    state: { backend: 'gcs', bucket: 'acme-state', kmsKey: 'projects/p/locations/europe/keyRings/r/cryptoKeys/k' },
    network: { subnet: '10.0.0.0/24', flowLogs: true },
    secrets: { 'master-key': { source: 'generated' } },
    // A year: the policy allows 90 days.
    encryption: { protectionLevel: 'hsm', rotationDays: 365 },
    ...changes,
  });

interface Synthesis {
  readonly status: number | null;
  readonly stderr: string;
  readonly written: boolean;
  readonly warnings: readonly string[];
}

function synthesize(changes: object): Synthesis {
  return withFiles({ 'environments/live.yaml': environment(changes) }, (directory) => {
    const outdir = join(directory, 'cdktf.out');
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    const { status, stderr } = spawnSync(process.execPath, [TSX, join(ROOT, 'main.ts')], { cwd: directory, env, encoding: 'utf8' });
    const manifest = join(outdir, 'manifest.json');
    if (!existsSync(manifest)) return { status, stderr, written: existsSync(join(outdir, 'stacks/live-foundation')), warnings: [] };
    const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      stacks: Record<string, { annotations: { level: string; message: string; constructPath: string }[] }>;
    };
    const warnings = Object.values(stacks).flatMap(({ annotations }) =>
      annotations.map(({ constructPath, message }) => `${constructPath}: ${message}`),
    );
    return { status, stderr, written: true, warnings: warnings.filter((each) => /: [A-Z]+-\d{3} /.test(each)) };
  });
}

const aboutKeys = /^live-foundation\/Keys\/secrets\/Resource: KMS-001 `rotation_period` is not at most 90 days\./;

describe('a breach that is an error', () => {
  it('stops production before anything is written, and says where and what to do', () => {
    const { status, stderr, written } = synthesize({});
    expect({ status, written }).toEqual({ status: 1, written: false });
    expect(stderr).toMatch(aboutKeys);
    expect(stderr).toMatch(/\n {2}Set `rotation_period` to at most 7776000s\.\n/);
    expect(stderr).toMatch(/breach(es)? of the policy may not be in live\. Why: npm run policy -- rules KMS-001\./);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is a warning elsewhere', () => {
    const { status, stderr, written, warnings } = synthesize({ tier: 'development' });
    expect({ status, stderr, written }).toEqual({ status: 0, stderr: '', written: true });
    expect(warnings).toContainEqual(expect.stringMatching(aboutKeys));
  });

  it('does not stop production when somebody answers for it', () => {
    const reason = 'The regulator asks for a yearly ceremony with witnesses.';
    const suppression = { rule: 'KMS-001', path: 'live-foundation/Keys/**', reason, owner: 'security@acme.example' };
    const { status, stderr, written } = synthesize({ policy: { suppressions: { ceremony: suppression } } });
    expect({ status, stderr, written }).toEqual({ status: 0, stderr: '', written: true });
  });

  it('stops production again when that has expired', () => {
    const suppression = {
      rule: 'KMS-001',
      path: 'live-foundation/Keys/**',
      reason: 'Until the new keys are there.',
      owner: 'security@acme.example',
    };
    const { status, stderr } = synthesize({ policy: { suppressions: { ceremony: { ...suppression, expires: '2020-01-01' } } } });
    expect(status).toBe(1);
    expect(stderr).toMatch(aboutKeys);
  });
});
