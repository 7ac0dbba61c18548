import { join } from 'node:path';
import { type Environment, loadEnvironments } from '../../configuration';
import { environmentSchema } from '../../configuration/schema';
import { Testing } from '../../constructs/core';
import { loadProvider, loadTypes } from '../../rehearsal/schema';
import { RegistryStack } from '../../stacks/registry';
import { Bench, type Workspace } from '../rehearsal/engine/workspace';
import { describeWith, terraform } from '../support/requirements';
import { Template } from '../support/template';

const ROOT = join(__dirname, '../..');
const FILES = loadEnvironments(join(ROOT, 'environments'));

/** As it is synthesized, but with the state beside it, and without the google provider, which has nothing to do in this stack. */
function configuration(environment: Environment): Record<string, unknown> {
  const { json } = new Template(new RegistryStack(Testing.app(), environment, environment.registry!));
  const { google: _, ...provider } = json['provider'] as Record<string, unknown>;
  const { backend: _backend, ...rest } = json['terraform'] as Record<string, unknown>;
  const { google: _google, ...required } = rest['required_providers'] as Record<string, unknown>;
  return { ...json, provider, terraform: { ...rest, required_providers: required } };
}

const typesOf = (json: Record<string, unknown>): string[] =>
  Object.keys(json['resource'] as object).filter((type) => type !== 'terraform_data');

function served(...configurations: readonly Record<string, unknown>[]) {
  const types = [...new Set(configurations.flatMap(typesOf))].map(
    (type) => ({ provider: 'aws', kind: 'resource' as const, type }) as const,
  );
  return { name: 'aws' as const, config: loadProvider(ROOT, 'aws'), types: loadTypes(ROOT, types) };
}

const variables = (json: Record<string, unknown>): string[] =>
  Object.keys((json['variable'] as object | undefined) ?? {}).flatMap((name) => ['-var', `${name}=value-of-${name}`]);

async function actions(workspace: Workspace): Promise<Record<string, string>> {
  const changed = ((await workspace.plan()).resource_changes ?? []).filter(({ change }) => change.actions[0] !== 'no-op');
  return Object.fromEntries(changed.map(({ address, change }) => [address.replace(/_[0-9A-F]{8}$/, ''), change.actions.join('+')]));
}

describeWith(terraform(), 'the registry stack, rehearsed', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  it.each(FILES.map((each) => [each.name, each] as const))('%s: applies, plans empty, keeps no token, and goes', async (_, environment) => {
    const json = configuration(environment);
    bench = await Bench.open({ legacyTypeSystem: true }, [served(json)]);
    const workspace = await bench.workspace(json);
    await workspace.apply(...variables(json));
    expect(await workspace.isSettled()).toBe(true);
    expect(workspace.everything() + JSON.stringify(bench.store.snapshot())).not.toContain('value-of-');
    expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(bench.store.list()).toEqual([]);
  });

  it('goes from a cache of approved images to replication and back, and only what differs changes', async () => {
    const { name, ...settings } = FILES.find((each) => each.name === 'staging')!;
    const { approved } = settings.registry!.promotions;
    const promotions = { approved: { ...approved, by: 'replication' } };
    const after = { name, ...environmentSchema.parse({ ...settings, registry: { ...settings.registry, promotions } }) };
    const [cached, replicated] = [configuration({ name, ...settings }), configuration(after)];
    bench = await Bench.open({ legacyTypeSystem: true }, [served(cached, replicated)]);
    const workspace = await bench.workspace(cached);
    await workspace.apply();
    workspace.write(replicated);
    expect(await actions(workspace)).toEqual({
      'aws_ecr_pull_through_cache_rule.Caches_approved_Cache': 'delete',
      'aws_ecr_registry_policy.Registry_Policy': 'update',
      'aws_ecr_repository_creation_template.Caches_approved_Template': 'update',
      'aws_iam_role.Caches_approved_Cache_Role': 'delete',
      'aws_iam_role_policy.Caches_approved_Cache_Role_Policy': 'delete',
      'terraform_data.Caches_approved_Cache_Access': 'delete',
    });
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
    workspace.write(cached);
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
  });
});
