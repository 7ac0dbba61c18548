import { loadProvider, loadTypes } from '../../../rehearsal/schema';
import { LAB } from './lab';
import { Bench, box } from './workspace';

const root = process.cwd();
const RANDOM = {
  name: 'random',
  config: loadProvider(root, 'random'),
  types: loadTypes(root, [{ provider: 'random', kind: 'ephemeral', type: 'random_password' }]),
};
const terraform = { required_providers: { lab: { source: 'hashicorp/lab' }, random: { source: 'hashicorp/random' } } };

describe('values that nobody may find', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await Bench.open({}, [LAB, RANDOM])));
  afterEach(() => bench.close());

  const secret = (version: number, options: Record<string, unknown> = {}) => ({
    terraform,
    ephemeral: { random_password: { p: { length: 24, special: false, ...options } } },
    ...box({ secret_wo: '${ephemeral.random_password.p.result}', secret_wo_version: version }),
  });

  it('sends a write-only value to the service and leaves it in no file, while creating, planning and rotating', async () => {
    const workspace = await bench.workspace(secret(1));
    await workspace.planned();
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
    workspace.write(secret(2));
    expect((await workspace.planned()).change).toMatchObject({ actions: ['update'], after: { secret_wo: null, secret_wo_version: 2 } });
    await workspace.apply();

    const values = bench.ledger.values();
    expect(values.length).toBeGreaterThanOrEqual(5);
    expect(values.every((value) => /^[A-Za-z0-9]{24}$/.test(value))).toBe(true);
    const files = workspace.everything() + JSON.stringify(bench.store.snapshot());
    expect(files).toContain('secret_wo_version');
    expect(values.filter((value) => files.includes(value))).toEqual([]);
  });

  it('has no hash of a password: one that is made up would fit nothing', async () => {
    const workspace = await bench.workspace({ ...secret(1), ...box({ secret_wo: '${ephemeral.random_password.p.bcrypt_hash}' }) });
    expect((await workspace.run('plan')).text).toContain('exported attribute named "bcrypt_hash"');
  });

  it('records a write-only value that comes from elsewhere', async () => {
    const workspace = await bench.workspace({
      variable: { key: { type: 'string', ephemeral: true } },
      ...box({ secret_wo: '${var.key}', secret_wo_version: 1 }),
    });
    await workspace.apply('-var', 'key=from-a-person');
    expect(bench.ledger.whereOf('from-a-person')).toBe('lab_box.secret_wo');
    expect(workspace.everything()).not.toContain('from-a-person');
  });

  it('opens an ephemeral resource of templates anew each time', async () => {
    const workspace = await bench.workspace({
      ephemeral: { lab_token: { t: {} } },
      ...box({ secret_wo: '${ephemeral.lab_token.t.value}', secret_wo_version: 1 }),
    });
    await workspace.apply();
    const values = bench.ledger.values();
    expect(values.length).toBeGreaterThanOrEqual(2);
    expect(values[0]).toMatch(/^token-[0-9a-f]{40}$/);
    expect(workspace.everything()).not.toContain('token-');
  });

  it.each([
    [{ length: 0 }, 'length is 0; allowed: at least 1.'],
    [
      { length: 3, min_lower: 2, min_upper: 2 },
      'length is 3, but min_lower, min_upper, min_numeric, min_special together demand 4. Raise length to at least 4.',
    ],
    [{ lower: false, upper: false, numeric: false }, 'lower, upper, numeric and special are all false; at least one must be true.'],
  ])('refuses the options %j', async (options, message) => {
    const workspace = await bench.workspace(secret(1, options));
    const ran = await workspace.run('validate');
    expect(ran.code).toBe(1);
    expect(ran.text).toContain(message);
  });
});
