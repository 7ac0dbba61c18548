import { found, short, type Changed } from '../builder';

const REPLACED = ['create', 'delete'];
const version = 'google_secret_manager_secret_version';
const name = 'projects/1/secrets/key/versions/3';

describe('secret-version-destroyed', () => {
  const rule = 'secret-version-destroyed';

  it('sees versions and secrets that go', () => {
    const changes: Changed[] = [
      { type: version, before: { name, deletion_policy: 'DELETE' }, after: null },
      { type: 'google_secret_manager_secret', before: { secret_id: 'key' }, after: { secret_id: 'key2' }, actions: REPLACED },
    ];
    expect(short(found(rule, changes))).toEqual([
      'high: The secret is deleted and made anew, with every version of it.',
      'high: Version «3» is destroyed.',
    ]);
  });

  it('grades what is only disabled', () => {
    const disabled = 'medium: Version «3» is disabled: nothing can read it until it is enabled again.';
    expect(
      short(found(rule, [{ type: version, before: { name, deletion_policy: 'DISABLE' }, after: { name }, actions: REPLACED }])),
    ).toEqual([disabled]);
    expect(short(found(rule, [{ type: version, before: { name, enabled: true }, after: { name, enabled: false } }]))).toEqual([disabled]);
  });

  it('says nothing of versions that are left alone, or come', () => {
    expect(found(rule, [{ type: version, before: { name, deletion_policy: 'ABANDON' }, after: null }])).toEqual([]);
    expect(found(rule, [{ type: version, after: { name } }])).toEqual([]);
  });
});

describe('salt-key-changed', () => {
  const rule = 'salt-key-changed';
  const service = (env: object | undefined) => ({ template: [{ containers: [{ env: env === undefined ? [] : [env] }] }] });
  const salt = (number: string) => ({
    name: 'LITELLM_SALT_KEY',
    value_source: [{ secret_key_ref: [{ secret: 'salt', version: number }] }],
  });
  const run = (before: object, after: object, unknown?: object): Changed => ({
    type: 'google_cloud_run_v2_service',
    before,
    after,
    unknown,
  });

  it('sees another value in a secret that is called salt', () => {
    const change = (path: string): Changed => ({
      type: version,
      path,
      before: { secret: 'projects/1/secrets/x', secret_data_wo_version: 1 },
      after: { secret: 'projects/1/secrets/x', secret_data_wo_version: 2 },
      actions: REPLACED,
    });
    expect(short(found(rule, [change('prod-foundation/Secrets/gateway-salt-key/Version')]))).toEqual([
      'high: Another value is written: version «1» → «2».',
    ]);
    expect(found(rule, [change('prod-foundation/Secrets/gateway-master-key/Version')])).toEqual([]);
  });

  it('sees a service that reads another version, or none', () => {
    expect(short(found(rule, [run(service(salt('1')), service(salt('2')))]))).toEqual([
      'high: «LITELLM_SALT_KEY» has another value, or reads another version.',
    ]);
    expect(short(found(rule, [run(service(salt('1')), service(undefined))]))).toEqual(['high: «LITELLM_SALT_KEY» goes.']);
  });

  it('says so when the plan does not tell', () => {
    const unknown = { template: [{ containers: [{ env: [{ value_source: [{ secret_key_ref: [{ version: true }] }] }] }] }] };
    const after = service({ name: 'LITELLM_SALT_KEY', value_source: [{ secret_key_ref: [{ secret: 'salt' }] }] });
    expect(short(found(rule, [run(service(salt('1')), after, unknown)]))).toEqual([
      'high unknown: Which version of the salt key it will read is known only after apply.',
    ]);
  });

  it('says nothing where it stays, or comes', () => {
    expect(found(rule, [run(service(salt('1')), { ...service(salt('1')), name: 'x' })])).toEqual([]);
    expect(found(rule, [run(service(undefined), service(salt('1')))])).toEqual([]);
  });
});

describe('key-ring-replaced', () => {
  const rule = 'key-ring-replaced';

  it('sees rings and keys that go', () => {
    const changes: Changed[] = [
      { type: 'google_kms_key_ring', before: { name: 'ring' }, after: { name: 'ring' }, actions: ['delete', 'create'] },
      { type: 'google_kms_crypto_key', before: { name: 'images' }, after: null },
    ];
    expect(short(found(rule, changes))).toEqual([
      'high: The key ring «ring» is deleted and made anew.',
      'high: The key «images» is deleted.',
    ]);
  });

  it('says nothing of a key that rotates more often', () => {
    expect(
      found(rule, [
        { type: 'google_kms_crypto_key', before: { name: 'k', rotation_period: '1s' }, after: { name: 'k', rotation_period: '2s' } },
      ]),
    ).toEqual([]);
  });
});

describe('network-replaced', () => {
  const rule = 'network-replaced';

  it('sees a subnet that is made anew', () => {
    const change: Changed = {
      type: 'google_compute_subnetwork',
      before: { name: 'prod' },
      after: { name: 'prod' },
      actions: ['delete', 'create'],
    };
    expect(short(found(rule, [change]))).toEqual(['high: The subnet «prod» is deleted and made anew.']);
  });

  it('says nothing of one that changes in place', () => {
    expect(found(rule, [{ type: 'google_compute_subnetwork', before: { name: 'p', a: 1 }, after: { name: 'p', a: 2 } }])).toEqual([]);
  });
});
