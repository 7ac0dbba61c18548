import { join } from 'node:path';
import type { ExternalFrontDoorProps } from '../../../../constructs/gateway/front-door';
import { parseFaults } from '../../../../rehearsal/faults';
import { loadProvider, loadTypes } from '../../../../rehearsal/schema';
import { Bench, type Workspace } from '../../../rehearsal/engine/workspace';
import { describeWith, terraform } from '../../../support/requirements';
import type { Template } from '../../../support/template';
import { EVERYTHING, external, internal, PRODUCTION, ZONE } from './doors';

const ROOT = join(__dirname, '../../../..');
type Json = Record<string, unknown>;

/** As it is synthesized, but with the state beside it. */
function configuration({ json }: Template): Json {
  const { backend: _, ...rest } = json['terraform'] as Json;
  return { ...json, terraform: rest };
}

function served(...configurations: readonly Json[]) {
  const types = [...new Set(configurations.flatMap((json) => Object.keys(json['resource'] as object)))].map(
    (type) => ({ provider: 'google', kind: 'resource' as const, type }) as const,
  );
  return { name: 'google' as const, config: loadProvider(ROOT, 'google'), types: loadTypes(ROOT, types) };
}

/** What a plan changes, without the hashes that cdktf adds to addresses. */
async function changes(workspace: Workspace): Promise<Record<string, string>> {
  const changed = ((await workspace.plan()).resource_changes ?? []).filter(({ change }) => change.actions[0] !== 'no-op');
  return Object.fromEntries(
    changed.map(({ address, change }) => [address.replace(/_[0-9A-F]{8}$/, '').replace('FrontDoor_', ''), change.actions.join('+')]),
  );
}

/** What an apply began and ended, in order: `google_x.Y: Creation complete`. */
const steps = (text: string): string[] =>
  [...text.matchAll(/(google_\w+)\.\w+(?: \(deposed object \w+\))?: (Creat|Destr|Modif)\w+( complete|\.\.\.)/g)].map(
    ([, type, verb, end]) => `${type} ${verb}${end === ' complete' ? ' done' : ''}`,
  );

const domain = (...names: readonly string[]): Partial<ExternalFrontDoorProps> => ({
  domains: Object.fromEntries(names.map((name) => [name, { zone: ZONE, certificate: { kind: 'managed', zone: ZONE } }])),
});

describeWith(terraform(), 'a front door, rehearsed with a real Terraform', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  /** Deploys one after the other; gives what each of the later ones changed. */
  async function deploy(first: Template, ...later: readonly Template[]) {
    const all = [first, ...later].map(configuration);
    bench = await Bench.open({ legacyTypeSystem: true }, [served(...all)]);
    const workspace = await bench.workspace(all[0]!);
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
    const made: { changes: Record<string, string>; steps: string[] }[] = [];
    for (const json of all.slice(1)) {
      workspace.write(json);
      const planned = await changes(workspace);
      const { text } = await workspace.apply();
      expect(await workspace.isSettled()).toBe(true);
      made.push({ changes: planned, steps: steps(text) });
    }
    return { workspace, made };
  }

  it.each([
    ['with the least', () => external()],
    ['as in production', () => external(PRODUCTION)],
    ['with everything', () => external(EVERYTHING)],
    ['inside', () => internal()],
  ])('%s: applies, plans empty, and goes', async (_, template) => {
    const { workspace } = await deploy(template());
    expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(bench.store.list()).toEqual([]);
  });

  it('gets a second domain without touching the first, and loses the first without touching the second', async () => {
    const [one, two] = ['llm.acme.example', 'ai.acme.example'];
    const { made } = await deploy(external(domain(one)), external(domain(one, two)), external(domain(two)));
    expect(made[0]!.changes).toEqual({
      'google_certificate_manager_certificate.Certificates_aiacmeexample': 'create',
      'google_certificate_manager_certificate_map_entry.Certificates_aiacmeexampleEntry': 'create',
      'google_certificate_manager_dns_authorization.Certificates_aiacmeexample_Authorization': 'create',
      'google_compute_url_map.Routes': 'update',
      'google_dns_record_set.Certificates_aiacmeexample_Challenge': 'create',
      'google_dns_record_set.aiacmeexample': 'create',
    });
    expect(new Set(Object.values(made[1]!.changes))).toEqual(new Set(['delete', 'update']));
    expect(Object.keys(made[1]!.changes).filter((address) => address.includes('aiacme'))).toEqual([]);
  });

  it('changes to a certificate of its own in place: the entry first, then the old one goes', async () => {
    const own = {
      'llm.acme.example': { zone: ZONE, certificate: { kind: 'existing', certificate: 'projects/p-ca/locations/global/certificates/own' } },
    } as const;
    const { made } = await deploy(external(), external({ domains: own }));
    expect(made[0]!.changes).toMatchObject({
      'google_certificate_manager_certificate_map_entry.Certificates_llmacmeexampleEntry': 'update',
      'google_certificate_manager_certificate.Certificates_llmacmeexample': 'delete',
    });
    const order = made[0]!.steps;
    expect(order.indexOf('google_certificate_manager_certificate_map_entry Modif done')).toBeLessThan(
      order.indexOf('google_certificate_manager_certificate Destr'),
    );
    expect(order).toContain('google_certificate_manager_certificate_map_entry Modif done');
  });

  it('leads to another service before it leaves the first', async () => {
    const { made } = await deploy(external(), external({ service: { name: 'test-gateway-b', region: 'europe-west4' } }));
    expect(made[0]!.changes).toMatchObject({ 'google_compute_region_network_endpoint_group.Service': 'create+delete' });
    const steps = made[0]!.steps.filter((step) => /endpoint_group|backend_service/.test(step));
    // The two backend services are changed side by side: which one begins or ends first is nobody's promise.
    const between = steps.splice(2, 4);
    expect(between.sort()).toEqual([
      ...['google_compute_backend_service Modif', 'google_compute_backend_service Modif'],
      ...['google_compute_backend_service Modif done', 'google_compute_backend_service Modif done'],
    ]);
    expect(steps).toEqual([
      'google_compute_region_network_endpoint_group Creat',
      'google_compute_region_network_endpoint_group Creat done',
      'google_compute_region_network_endpoint_group Destr',
      'google_compute_region_network_endpoint_group Destr done',
    ]);
  });

  it('promotes a rule from preview in place, and nothing else', async () => {
    const { made } = await deploy(external({ waf: { sqli: {}, xss: {} } }), external({ waf: { sqli: { preview: false }, xss: {} } }));
    expect(made[0]!.changes).toEqual({
      'google_compute_security_policy.Administration_Policy': 'update',
      'google_compute_security_policy.Api_Policy': 'update',
    });
  });

  it('switches sign-in on and off in place', async () => {
    const { made } = await deploy(external(), external(PRODUCTION), external());
    expect(made[0]!.changes['google_compute_backend_service.Administration']).toBe('update');
    expect(made[1]!.changes['google_compute_backend_service.Administration']).toBe('update');
    expect(made[1]!.changes).not.toHaveProperty('google_compute_backend_service.Api');
  });

  it('moves from the internet into the network, and back', async () => {
    const { made } = await deploy(external(), internal(), external());
    for (const { changes: planned } of made) expect(new Set(Object.values(planned))).toEqual(new Set(['create', 'delete']));
  });

  it('is finished by further runs when each kind of resource fails once', async () => {
    const json = configuration(external(PRODUCTION));
    const types = Object.keys(json['resource'] as object);
    bench = await Bench.open({ legacyTypeSystem: true, faults: parseFaults(types.map((type) => `${type}.create=503`).join(',')) }, [
      served(json),
    ]);
    const workspace = await bench.workspace(json);
    let runs = 1;
    while ((await workspace.run('apply', '-auto-approve')).code !== 0) expect((runs += 1)).toBeLessThanOrEqual(types.length + 1);
    expect(runs).toBeGreaterThan(1);
    expect(await workspace.isSettled()).toBe(true);
  });
});
