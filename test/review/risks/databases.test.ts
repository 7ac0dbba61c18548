import { found, short, type Changed } from '../builder';

const type = 'google_sql_database_instance';

const instance = (settings: object = {}, more: object = {}) => ({
  name: 'prod-gateway',
  deletion_protection: true,
  settings: [{ tier: 'db-custom-2-7680', availability_type: 'REGIONAL', backup_configuration: [{ enabled: true }], ...settings }],
  ...more,
});

const REPLACED = ['delete', 'create'];

describe('database-replaced', () => {
  const rule = 'database-replaced';

  it('sees a database, a dataset, a bucket and a cache that go', () => {
    const changes: Changed[] = [
      { type, before: instance(), after: instance(), actions: REPLACED },
      { type: 'google_bigquery_dataset', before: { dataset_id: 'd' }, after: null },
      { type: 'google_redis_instance', before: { name: 'r' }, after: null },
    ];
    expect(short(found(rule, changes))).toEqual([
      'high: «prod-gateway» is deleted and made anew, with everything in it.',
      'high: «d» is deleted, with everything in it.',
      'medium: «r» is deleted, with everything in it.',
    ]);
  });

  it('says nothing of one that changes in place, or is only let go', () => {
    expect(found(rule, [{ type, before: instance(), after: instance({ tier: 'db-custom-4-15360' }) }])).toEqual([]);
    expect(found(rule, [{ type, before: instance(), after: null, actions: ['forget'] }])).toEqual([]);
  });
});

describe('database-unprotected', () => {
  const rule = 'database-unprotected';

  it('sees each protection that is lost', () => {
    const after = instance({ availability_type: 'ZONAL', backup_configuration: [{ enabled: false }] }, { deletion_protection: false });
    expect(short(found(rule, [{ type, before: instance(), after }]))).toEqual([
      'high: It loses Terraform’s protection from deletion: «true» → «false».',
      'high: It loses backups: «true» → «false».',
      'high: It loses the standby in another zone: «REGIONAL» → «ZONAL».',
    ]);
  });

  it('says so when the plan does not tell', () => {
    const after = { name: 'x', settings: instance().settings };
    expect(short(found(rule, [{ type, before: instance(), after, unknown: { deletion_protection: true } }]))).toEqual([
      'high unknown: Whether Terraform’s protection from deletion stays on is known only after apply.',
    ]);
  });

  it('says nothing where protections stay, or come', () => {
    expect(found(rule, [{ type, before: instance({ availability_type: 'ZONAL' }), after: instance() }])).toEqual([]);
  });
});

describe('database-restarts', () => {
  const rule = 'database-restarts';
  const flags = (...names: string[]) => ({ database_flags: names.map((name) => ({ name, value: '1' })) });

  it('sees tiers and flags that take a restart', () => {
    expect(short(found(rule, [{ type, before: instance(), after: instance({ tier: 'db-custom-4-15360' }) }]))).toEqual([
      'medium: It restarts for: tier «db-custom-2-7680» → «db-custom-4-15360».',
    ]);
    expect(short(found(rule, [{ type, before: instance(), after: instance(flags('max_connections')) }]))).toEqual([
      'medium: It restarts for: flag «max_connections».',
    ]);
  });

  it('says nothing of flags that do not', () => {
    expect(found(rule, [{ type, before: instance(), after: instance(flags('log_min_duration_statement')) }])).toEqual([]);
  });
});

describe('connection-budget-exceeded', () => {
  const rule = 'connection-budget-exceeded';
  const service = (most: number | undefined, workers = '2') => ({
    name: 'gateway',
    template: [
      {
        scaling: [{ max_instance_count: most }],
        containers: [
          {
            env: [
              { name: 'DATABASE_HOST', value: 'x' },
              { name: 'NUM_WORKERS', value: workers },
            ],
          },
        ],
      },
    ],
  });
  const run = (before: object, after: object, unknown?: object): Changed => ({
    type: 'google_cloud_run_v2_service',
    stack: 'prod-gateway',
    before,
    after,
    unknown,
  });
  const database = (settings: object = {}): Changed => ({
    type,
    stack: 'prod-gateway',
    before: instance(settings),
    after: instance(settings),
  });

  it('makes the sum, also with what does not change', () => {
    expect(short(found(rule, [run(service(4), service(20)), database()]))).toEqual([
      'high: 20 instances × 2 workers × 10 connections × 2 revisions = 800; «prod-gateway» takes 400, of which 315 are for it.',
    ]);
  });

  it('takes the pool of the configuration, the flag of the database, and other stacks of the environment', () => {
    const configuration = {
      content: JSON.stringify({
        model_list: [{ model_name: 'a', litellm_params: { model: 'x' } }],
        general_settings: { database_connection_pool_limit: 2 },
      }),
    };
    const holder: Changed = { type: 'google_storage_bucket_object', stack: 'prod-files', before: configuration, after: configuration };
    expect(found(rule, [run(service(4), service(20)), database(), holder])).toEqual([]);
    const small = database({ database_flags: [{ name: 'max_connections', value: '100' }] });
    expect(found(rule, [run(service(4), service(20)), small, holder])).toHaveLength(1);
    expect(found(rule, [run(service(4), service(20)), { ...database(), stack: 'dev-gateway' }])).toEqual([]);
  });

  it('says so when a number is not in the plan', () => {
    const unknown = { template: [{ scaling: [{ max_instance_count: true }] }] };
    expect(short(found(rule, [run(service(4), service(undefined), unknown), database()]))).toEqual([
      'high unknown: The sum of its connections cannot be made: instances (known only after apply) not in the plan.',
    ]);
    expect(short(found(rule, [run(service(4), service(5)), database({ tier: 'db-n9-odd' })]))).toEqual([
      'high unknown: The sum of its connections cannot be made: what the database takes not in the plan.',
    ]);
  });

  it('says nothing where it fits, and where nothing of it changes', () => {
    expect(found(rule, [run(service(4), service(5)), database()])).toEqual([]);
    expect(found(rule, [run(service(20), service(20)), database()])).toEqual([]);
  });
});
