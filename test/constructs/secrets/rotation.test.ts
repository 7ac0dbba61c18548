import { GeneratedSecret, ProvidedSecret, Replication } from '../../../constructs/secrets';
import { loadProvider, loadTypes, type ProviderName, type WantedType } from '../../../rehearsal/schema';
import { Bench, type Workspace } from '../../rehearsal/engine/workspace';
import { synthesize } from '../../support/template';

const ROOT = process.cwd();
const served = (name: ProviderName, kind: WantedType['kind'], ...types: string[]) => ({
  name,
  config: loadProvider(ROOT, name),
  types: loadTypes(
    ROOT,
    types.map((type) => ({ provider: name, kind, type })),
  ),
});
const GOOGLE = served('google', 'resource', 'google_secret_manager_secret', 'google_secret_manager_secret_version');
const RANDOM = served('random', 'ephemeral', 'random_password');

interface Settings {
  readonly version?: number;
  readonly location?: string;
}

/** As it is synthesized, but with the state beside it. */
function secrets({ version, location = 'europe-west4' }: Settings): Record<string, unknown> {
  const replication = Replication.userManaged([{ location }]);
  const { json } = synthesize((stack) => {
    new GeneratedSecret(stack, 'Made', { secretId: 'made', prefix: 'sk-', version, replication, deletionProtection: false });
    new ProvidedSecret(stack, 'Given', { secretId: 'given', value: 'variable', version, deletionProtection: false });
  });
  const { backend: _, ...terraform } = json['terraform'] as Record<string, unknown>;
  return { ...json, terraform };
}

describe('secrets with a real Terraform', () => {
  let bench: Bench;
  let workspace: Workspace;
  beforeAll(async () => {
    bench = await Bench.open({ legacyTypeSystem: true }, [GOOGLE, RANDOM]);
    workspace = await bench.workspace(secrets({}));
    await workspace.apply('-var', 'given=one-that-was-given');
  });
  afterAll(() => bench.close());

  const changes = async () =>
    Object.fromEntries(
      ((await workspace.plan()).resource_changes ?? [])
        .filter(({ change }) => change.actions[0] !== 'no-op')
        .map(({ address, change }) => [address.replace(/^google_|_[0-9A-F]{8}$/g, ''), change]),
    );

  it('plan and deploy without a value where no version is due', async () => {
    expect(await workspace.isSettled()).toBe(true);
  });

  it('write the next version before the last one is disabled', async () => {
    workspace.write(secrets({ version: 2 }));
    const planned = await changes();
    expect(Object.keys(planned).sort()).toEqual([
      'secret_manager_secret_version.Given_Version',
      'secret_manager_secret_version.Made_Version',
    ]);
    for (const change of Object.values(planned)) {
      expect(change).toMatchObject({ actions: ['create', 'delete'], replace_paths: [['secret_data_wo_version']] });
    }
    await workspace.apply('-var', 'given=another-one');
    expect(await workspace.isSettled()).toBe(true);
    const versions = bench.store
      .list({ type: 'google_secret_manager_secret_version' })
      .map(({ attributes: { version, enabled } }) => ({ version, enabled }));
    expect(versions).toEqual([
      { version: '1', enabled: false },
      { version: '1', enabled: false },
      { version: '2', enabled: true },
      { version: '2', enabled: true },
    ]);
  });

  it('are in no file', () => {
    const values = bench.ledger.values();
    expect(values).toEqual(expect.arrayContaining(['one-that-was-given', 'another-one']));
    expect(values.some((value) => /^sk-[A-Za-z0-9]{32}$/.test(value))).toBe(true);
    const files = workspace.everything() + JSON.stringify(bench.store.snapshot());
    expect(values.filter((value) => files.includes(value))).toEqual([]);
  });

  it('lose nothing when somebody moves the container: the new one cannot be made beside the old', async () => {
    const before = bench.store.snapshot().objects;
    workspace.write(secrets({ version: 2, location: 'europe-west1' }));
    expect((await changes())['secret_manager_secret.Made']).toMatchObject({ actions: ['create', 'delete'] });
    const refused = await workspace.run('apply', '-auto-approve');
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/already exists/);
    expect(bench.store.snapshot().objects).toEqual(before);
  });
});
