import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProvider, loadTypes, type WantedType } from '../../../rehearsal/schema';
import type { Attribute, NestedBlock, TypeFacts } from '../../../rehearsal/schema/types';

const ROOT = join(__dirname, '../../..');

const load = (type: string): TypeFacts => {
  const provider = type.startsWith('aws') ? 'aws' : 'google';
  const facts = loadTypes(ROOT, [{ provider, kind: 'resource', type }]).get(`resource ${type}`);
  if (!facts) throw new Error(`no facts of ${type}`);
  return facts;
};

const at = (facts: TypeFacts, path: string): Attribute | NestedBlock => {
  const steps = path.split('.');
  const name = steps.pop() ?? '';
  const block = steps.reduce((parent, step) => parent.blocks[step]?.block ?? { attributes: {}, blocks: {} }, facts.block);
  const found = block.attributes[name] ?? block.blocks[name];
  if (!found) throw new Error(`${facts.type} has no ${path}`);
  return found;
};

/** One way each in which an attribute or block can come, from `terraform providers schema -json` of the pinned versions. */
const EXPECTED: [type: string, path: string, fact: Record<string, unknown>][] = [
  ['google_compute_network', 'name', { type: 'string', required: true, forceNew: true }],
  ['google_compute_network', 'auto_create_subnetworks', { type: 'bool', optional: true, default: true }],
  ['google_compute_network', 'mtu', { type: 'number', optional: true, computed: true }],
  ['google_compute_network', 'self_link', { type: 'string', computed: true }],
  ['google_compute_network', 'id', { type: 'string', optional: true, computed: true }],
  ['google_compute_network', 'timeouts', { nesting: 'single', minItems: 0, maxItems: 0 }],
  ['google_compute_network', 'params', { nesting: 'list', minItems: 0, maxItems: 1 }],
  ['google_compute_router_nat', 'nat_ips', { type: ['set', 'string'], optional: true, computed: true }],
  ['google_compute_router_nat', 'rules', { nesting: 'set', maxItems: 0 }],
  ['google_compute_firewall', 'source_ranges', { type: ['set', 'string'], optional: true }],
  ['google_dns_managed_zone', 'name_servers', { type: ['list', 'string'], computed: true }],
  ['google_kms_crypto_key', 'labels', { type: ['map', 'string'], optional: true }],
  ['google_kms_crypto_key', 'primary', { type: ['list', ['object', { name: 'string', state: 'string' }]], computed: true }],
  ['google_secret_manager_secret', 'replication', { nesting: 'list', minItems: 1, maxItems: 1 }],
  ['google_secret_manager_secret', 'replication.user_managed.replicas', { nesting: 'list', minItems: 1, maxItems: 0 }],
  ['google_secret_manager_secret_version', 'secret_data_wo', { type: 'string', optional: true, writeOnly: true }],
  ['google_secret_manager_secret_version', 'secret_data', { sensitive: true, forceNew: true }],
  ['google_cloud_run_v2_service', 'template.containers.ports', { nesting: 'list', maxItems: 1, computed: true }],
  ['google_cloud_run_v2_service', 'deletion_protection', { default: true }],
  ['google_sql_database_instance', 'settings.disk_size', { type: 'number', forceNewIf: 'decreases' }],
  ['google_sql_database_instance', 'settings.availability_type', { enum: ['REGIONAL', 'ZONAL'], default: 'ZONAL' }],
  ['google_storage_bucket', 'lifecycle_rule', { nesting: 'list', maxItems: 100 }],
  // Very many blocks: the structs of this type stand in files of their own.
  ['google_container_cluster', 'node_config.gvnic.enabled', { type: 'bool', required: true }],
  ['aws_ecr_pull_through_cache_rule', 'ecr_repository_prefix', { required: true, forceNew: true }],
  ['aws_ecr_repository', 'region', { type: 'string', optional: true, computed: true }],
  ['aws_ecr_repository', 'tags_all', { type: ['map', 'string'], optional: true, computed: true }],
  ['aws_secretsmanager_secret_version', 'secret_string_wo', { writeOnly: true }],
  ['aws_secretsmanager_secret_version', 'has_secret_string_wo', { type: 'bool', computed: true }],
];

describe('loadTypes', () => {
  it.each(EXPECTED)('reads %s.%s', (type, path, fact) => {
    expect(at(load(type), path)).toMatchObject(fact);
  });

  it('takes nothing computed for write-only', () => {
    expect(at(load('aws_secretsmanager_secret_version'), 'has_secret_string_wo')).not.toHaveProperty('writeOnly');
  });

  it('knows how labels, annotations and tags are merged', () => {
    expect(load('google_secret_manager_secret').labels).toEqual([
      { given: 'labels', merged: 'terraform_labels', effective: 'effective_labels', defaults: 'default_labels' },
      { given: 'annotations', effective: 'effective_annotations' },
    ]);
    expect(load('aws_ecr_repository').labels).toEqual([{ given: 'tags', effective: 'tags_all', defaults: 'default_tags' }]);
    expect(load('google_compute_network').labels).toBeUndefined();
  });

  it('carries the facts of the type', () => {
    expect(load('google_service_account')).toMatchObject({
      id: 'projects/{{project}}/serviceAccounts/{{account_id}}@{{project}}.iam.gserviceaccount.com',
      known: ['email', 'member'],
      plannedFromProvider: ['project'],
      hasUpdate: true,
    });
    expect(load('google_project_iam_member')).toMatchObject({ hasUpdate: false, additive: true });
    expect(load('google_secret_manager_secret').relations).toContainEqual({
      rule: 'exactlyOneOf',
      paths: ['replication.auto', 'replication.user_managed'],
    });
  });

  it('has the whole schema of an ephemeral password in the overlay', () => {
    const facts = loadTypes(ROOT, [{ provider: 'random', kind: 'ephemeral', type: 'random_password' }]).get('ephemeral random_password');
    expect(facts?.block.attributes.length).toEqual({ type: 'number', required: true, range: [1, null] });
    expect(facts?.block.attributes.result).toEqual({ type: 'string', computed: true, sensitive: true });
  });

  it('says everything that is missing in one error', () => {
    const wanted: WantedType[] = [
      { provider: 'google', kind: 'resource', type: 'google_alloydb_cluster' },
      { provider: 'google', kind: 'data', type: 'google_compute_image' },
      { provider: 'google', kind: 'resource', type: 'google_compute_netwrk' },
    ];
    expect(() => loadTypes(ROOT, wanted)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /google_alloydb_cluster has no overlay. Add rehearsal\/overlay\/google\/google_alloydb_cluster\.yaml[^]*data_google_compute_image\.yaml[^]*google_compute_netwrk: the installed @cdktf\/provider-google does not know it/,
        ) as string,
      }),
    );
  });

  it('reads the bindings of the given project and says when it has none', () => {
    const empty = mkdtempSync(join(tmpdir(), 'schema-'));
    expect(() => loadTypes(empty, [{ provider: 'google', kind: 'resource', type: 'google_compute_network' }])).toThrow(
      `@cdktf/provider-google is not installed in ${empty}`,
    );
  });

  it('leaves out facts that bindings of another version do not have', () => {
    const project = mkdtempSync(join(tmpdir(), 'schema-'));
    const binding = join(project, 'node_modules/@cdktf/provider-google');
    mkdirSync(join(binding, 'lib/compute-network'), { recursive: true });
    writeFileSync(join(binding, 'package.json'), '{"name": "@cdktf/provider-google", "version": "99.0.0"}');
    const source = [
      'export class ComputeNetwork extends cdktf.TerraformResource {',
      "        providerVersion: '99.0.0',",
      '  // name - computed: false, optional: false, required: true',
      '  private _name?: string; ',
      '  public get name() {',
      "    return this.getStringAttribute('name');",
      '  }',
    ].join('\n');
    const map = Buffer.from(JSON.stringify({ version: 3, sourcesContent: [source] })).toString('base64');
    writeFileSync(join(binding, 'lib/compute-network/index.js'), `//# sourceMappingURL=data:application/json;base64,${map}`);
    const facts = loadTypes(project, [{ provider: 'google', kind: 'resource', type: 'google_compute_network' }]);
    expect(facts.get('resource google_compute_network')?.block.attributes).toEqual({
      name: expect.objectContaining({ type: 'string', required: true, forceNew: true }) as unknown,
    });
  });
});

describe('loadProvider', () => {
  it('reads the configuration of a provider', () => {
    const google = loadProvider(ROOT, 'google');
    expect(google.attributes.project).toEqual({ type: 'string', optional: true });
    expect(google.attributes.default_labels).toEqual({ type: ['map', 'string'], optional: true });
    expect(google.attributes).not.toHaveProperty('alias');
    expect(google.blocks.batching?.block.attributes.send_after).toEqual({ type: 'string', optional: true });
    expect(loadProvider(ROOT, 'aws').blocks.default_tags).toMatchObject({
      nesting: 'list',
      block: { attributes: { tags: { type: ['map', 'string'] } } },
    });
    expect(loadProvider(ROOT, 'random')).toEqual({ attributes: {}, blocks: {} });
  });
});
