import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environmentSchema } from '../../configuration/schema';
import { modelUses } from '../../cli/model-uses';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '../..');

function models(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, join(ROOT, 'cli/main.ts'), 'models', ...args], { cwd: ROOT, encoding: 'utf8' });
}

const FILE = {
  tier: 'development',
  project: { id: 'acme-ai-dev', number: '123456789012' },
  region: 'europe-west4',
  state: { backend: 'local' },
  network: { subnet: '10.0.0.0/24' },
} as const;

const environment = (changes: object) => ({ name: 'dev', ...environmentSchema.parse({ ...FILE, ...changes }) });

describe('modelUses', () => {
  it('says of each model what it is and until when', () => {
    const machine = { type: 'n1-standard-2' };
    const given = environment({
      managedModels: { 'gemini-3.8-flash': { location: 'eu' }, 'gemini-2.5-pro': {}, 'gemini-9': {} },
      endpoints: {
        chat: {
          network: { mode: 'shared-public' },
          models: { a: { model: 'projects/acme-models/locations/europe-west4/models/chat@7', machine, traffic: 100 } },
        },
      },
      modelGarden: { qwen: { model: 'Qwen/Qwen3-8B', machine } },
    });
    const seen = modelUses(given, '2026-11-21').map(({ model, kind, location, stage, until, findings }) => [
      model,
      kind,
      location,
      stage,
      until,
      findings.map(({ code }) => code),
    ]);
    expect(seen).toEqual([
      ['gemini-3.8-flash', 'managed', 'eu', 'stable', '2027-09-02 or later', []],
      ['gemini-2.5-pro', 'managed', 'global', 'stable', '2026-10-20', ['retired']],
      ['gemini-9', 'managed', 'global', undefined, 'not known', ['unknown']],
      ['projects/acme-models/locations/europe-west4/models/chat@7', 'endpoint', 'europe-west4', undefined, 'yours, on chat with 100 %', []],
      ['Qwen/Qwen3-8B', 'model garden', 'europe-west4', undefined, 'open weights', []],
    ]);
  });
});

describe('npm run models', () => {
  it('prints a table, and what speaks against a model', () => {
    const { status, stdout } = models('--today', '2026-11-21');
    expect(status).toBe(0);
    expect(stdout).toMatch(/│ dev +│ support-chat@7 +│ endpoint/);
    expect(stdout).toMatch(/^warning: gemini-3\.1-pro-preview is a preview: .* \[dev\]$/m);
  });

  it('prints JSON, and fails when a model is retired', () => {
    withFiles({ 'dev.yaml': `${yaml()}managedModels: { gemini-2.5-pro: {} }\n` }, (directory) => {
      const { status, stdout } = models('--directory', directory, '--json', '--today', '2026-11-21');
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject([
        { environment: 'dev', model: 'gemini-2.5-pro', until: '2026-10-20', findings: [{ code: 'retired' }] },
      ]);
    });
  });

  it('says so when nobody uses a model, when a file is wrong, and when a date is none', () => {
    withFiles({ 'dev.yaml': yaml() }, (directory) => expect(models('-d', directory).stdout).toBe('No environment uses a model.\n'));
    withFiles({ 'dev.yaml': 'tier: x\n' }, (directory) => expect(models('-d', directory)).toMatchObject({ status: 1, stdout: '' }));
    expect(models('--today', 'tomorrow')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Allowed is a date such as 2027-05-01.'),
    });
  });
});

const yaml = (): string =>
  Object.entries(FILE)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
