import { buildGraph, environmentsOf, GraphError, readApp, summarize } from '../../graph';
import { withFiles } from '../support/files';
import { foreign, told } from './stacks';

const SERVICE = {
  name: 'shop',
  location: 'europe-west4',
  template: [
    {
      service_account: '${google_service_account.shop.email}',
      containers: [
        {
          image: 'europe-west4-docker.pkg.dev/acme/apps/shop:1',
          env: [
            { name: 'DB', value: '${google_sql_database_instance.orders.connection_name}' },
            { name: 'TOKEN', value_source: [{ secret_key_ref: [{ secret: '${google_secret_manager_secret.token.secret_id}' }] }] },
            { name: 'FILES', value: 'gs://acme-files/in' },
          ],
        },
      ],
    },
  ],
};

const SHOP = {
  google_cloud_run_v2_service: { shop: SERVICE },
  google_service_account: { shop: { account_id: 'shop' }, idle: { account_id: 'idle' } },
  google_sql_database_instance: { orders: { name: 'orders', region: 'europe-west4', database_version: 'MYSQL_8_0' } },
  google_secret_manager_secret: { token: { secret_id: 'token' } },
  google_storage_bucket: { files: { name: 'acme-files', location: 'EU' } },
  google_cloud_run_v2_service_iam_member: {
    everyone: { name: '${google_cloud_run_v2_service.shop.name}', role: 'roles/run.invoker', member: 'allUsers' },
    agent: {
      name: 'shop',
      location: 'europe-west4',
      role: 'roles/run.invoker',
      member: 'serviceAccount:service-1@gcp-sa-iap.iam.gserviceaccount.com',
    },
  },
  google_storage_bucket_iam_binding: {
    readers: {
      bucket: 'acme-files',
      role: 'roles/storage.objectViewer',
      members: ['user:ann@acme.example', 'serviceAccount:${google_service_account.shop.email}'],
    },
  },
  google_project_iam_member: {
    models: { project: 'acme', role: 'roles/cloudsql.client', member: '${google_service_account.idle.member}' },
    unknown: { project: 'acme', role: '${var.role}', member: 'user:bob@acme.example' },
  },
};

describe('an app that nobody of us wrote', () => {
  it('is drawn from its JSON alone', () => {
    expect(told(buildGraph('app', [foreign(SHOP)]))).toEqual([
      'Anyone the whole internet → Cloud Run service shop (data: HTTPS)',
      'Cloud Run service shop → Cloud SQL orders (data: SQL)',
      'Cloud Run service shop → Cloud Storage bucket acme-files (data: data)',
      'Cloud Run service shop → Secret token (identity: reads)',
      'Person ann@acme.example → Cloud Storage bucket acme-files (identity: reads)',
      'Service account idle → Cloud SQL orders (identity: signs in)',
    ]);
  });

  it('finds across stacks what is named in full', () => {
    const { google_sql_database_instance: database, ...rest } = SHOP;
    const template = [{ containers: [{ args: ['acme:europe-west4:orders'] }] }];
    const other = { ...rest, google_cloud_run_v2_service: { shop: { ...SERVICE, template } } };
    const graph = buildGraph('app', [foreign(other, 'run'), foreign({ google_sql_database_instance: database }, 'data')]);
    expect(told(graph)).toContain('Cloud Run service shop → Cloud SQL orders (data: SQL)');
  });

  it('knows that who needs a part of a thing needs the thing', () => {
    const at = (path: string) => ({ '//': { metadata: { path } } });
    const graph = buildGraph('app', [
      foreign({
        google_cloud_run_v2_service: { s: { name: 's', template: { env: '${google_secret_manager_secret_version.url.version}' } } },
        google_secret_manager_secret_version: {
          url: { secret: 'url', secret_data_wo: 'postgresql://${google_compute_address.db.address}' },
        },
        google_compute_address: { db: { ...at('app/Database/Address'), name: 'db' } },
        google_sql_database_instance: { db: { ...at('app/Database/Resource'), name: 'db', region: 'r' } },
      }),
    ]);
    expect(told(graph)).toEqual(['Cloud Run service s → Cloud SQL db (data: SQL)']);
    expect(graph.boxes.find(({ kind }) => kind === 'database')?.folded).toEqual(['google_compute_address Database/Address']);
  });

  it('does not take the beginning of a name for the name', () => {
    const template = [{ containers: [{ args: ['acme:europe-west4:orders-archive', 'big-acme:europe-west4:orders'] }] }];
    const graph = buildGraph('app', [foreign({ ...SHOP, google_cloud_run_v2_service: { shop: { ...SERVICE, template } } })]);
    expect(told(graph).filter((line) => line.includes('SQL)'))).toEqual([]);
  });

  it('may hold what no text is, references in a circle, and nothing', () => {
    const odd = { google_cloud_run_v2_service: { a: { name: 7, template: 'x', location: ['${google_cloud_run_v2_service.a.location}'] } } };
    expect(buildGraph('app', [foreign(odd as never)]).boxes).toHaveLength(1);
    expect(buildGraph('app', [foreign({})])).toMatchObject({ boxes: [], arrows: [] });
    expect(buildGraph('app', [{ name: 'x', json: null, dependencies: [] }]).boxes).toEqual([]);
  });

  it('with five secrets has one box for them, and each in detail', () => {
    const secrets = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, { secret_id: name }]));
    const graph = buildGraph('app', [foreign({ google_secret_manager_secret: secrets })]);
    expect(summarize(graph).boxes.map(({ title }) => title)).toEqual(['5 secrets']);
    expect(summarize(graph, { detail: true }).boxes).toHaveLength(5);
  });
});

describe('reading an app', () => {
  const stack = JSON.stringify({ resource: {} });

  it('takes the stacks of the manifest, and their order', () =>
    withFiles(
      {
        'out/stacks/dev-a/cdk.tf.json': stack,
        'out/stacks/dev-b/cdk.tf.json': stack,
        'out/stacks/gone-a/cdk.tf.json': stack,
        'out/manifest.json': JSON.stringify({ stacks: { 'dev-a': {}, 'dev-b': { dependencies: ['dev-a'] } } }),
      },
      (directory) => {
        const app = readApp(`${directory}/out`);
        expect(app.map(({ name, dependencies }) => [name, dependencies])).toEqual([
          ['dev-a', []],
          ['dev-b', ['dev-a']],
        ]);
        expect(environmentsOf(app, ['dev']).map(({ stacks }) => stacks.length)).toEqual([2]);
        expect(environmentsOf(app, ['dev-b']).map(({ stacks }) => stacks.length)).toEqual([1]);
        expect(() => environmentsOf(app, ['deb', 'x'])).toThrow(
          'There is no environment "deb". Did you mean dev?\nThere is no environment "x".\nThere are: dev',
        );
      },
    ));

  it('says what is wrong with a manifest, and that there is nothing', () => {
    withFiles({ 'out/stacks/a/cdk.tf.json': stack, 'out/manifest.json': '{' }, (directory) =>
      expect(() => readApp(`${directory}/out`)).toThrow(GraphError),
    );
    expect(() => environmentsOf([], 'all')).toThrow('nothing to draw');
  });
});
