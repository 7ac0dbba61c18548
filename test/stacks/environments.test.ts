import fc from 'fast-check';
import type { Environment } from '../../configuration';
import { Testing, withoutTokenTraces } from '../../constructs/core';
import { buildEnvironment } from '../../stacks';
import { environments } from '../support/environments';
import { minimalEnvironment } from '../support/minimal-environment';
import { stable } from '../support/snapshot';
import { Template } from '../support/template';

const build = (given: Environment): Template[] =>
  withoutTokenTraces(() => buildEnvironment(Testing.app(), given).map((stack) => new Template(stack)));
const foundation = (changes: object = {}): Template => build(minimalEnvironment(changes))[0]!;

const EVERYTHING = {
  labels: { 'cost-center': '4711' },
  network: { subnet: '10.0.0.0/24', nat: true, privateServicesAccess: '10.1.0.0/16', flowLogs: true },
  images: { repositories: { gateway: { keepVersions: 5 } }, remotes: { hub: { upstream: 'docker-hub' } } },
  encryption: { protectionLevel: 'hsm' },
  secrets: {
    'master-key': { source: 'generated', prefix: 'sk-', version: 2 },
    webhook: { source: 'provided', value: 'variable' },
    'vendor-key': { source: 'provided' },
  },
};

describe('the foundation stack', () => {
  it('stays as it is: the least', () => expect(stable(foundation())).toMatchSnapshot());
  it('stays as it is: everything', () => expect(stable(foundation(EVERYTHING))).toMatchSnapshot());

  it('lets every resource wait for its service', () => {
    const { resource } = foundation(EVERYTHING).json as { resource: Record<string, Record<string, { depends_on?: string[] }>> };
    const waiting = Object.entries(resource).filter(([type]) => type !== 'google_project_service');
    for (const [type, blocks] of waiting) {
      for (const [name, block] of Object.entries(blocks)) {
        expect({
          name: `${type}.${name}`,
          waits: block.depends_on?.some((each) => each.startsWith('google_project_service.')),
        }).toMatchObject({
          waits: true,
        });
      }
    }
  });

  it('encrypts only what may already be encrypted', () => {
    const template = foundation(EVERYTHING);
    for (const type of ['google_secret_manager_secret', 'google_artifact_registry_repository']) {
      for (const resource of template.resources(type)) {
        expect(resource['depends_on']).toContainEqual(expect.stringContaining('google_kms_crypto_key_iam_member.Keys_'));
      }
    }
  });

  it('switches on no more services than it uses', () => {
    const services = (template: Template) =>
      template
        .resources('google_project_service')
        .map(({ service }) => String(service).split('.')[0])
        .sort();
    expect(services(foundation())).toEqual(['artifactregistry', 'cloudresourcemanager', 'compute', 'dns', 'secretmanager', 'serviceusage']);
    expect(services(foundation(EVERYTHING))).toEqual(expect.arrayContaining(['cloudkms', 'servicenetworking']));
  });

  it.each([
    ['development', false],
    ['staging', false],
    ['production', true],
  ])('in the tier %s guards data: %s', (tier, guarded) => {
    const template = foundation({ ...EVERYTHING, images: { repositories: { gateway: {} } }, tier });
    for (const secret of template.resources('google_secret_manager_secret')) expect(secret['deletion_protection']).toBe(guarded);
    for (const type of ['google_kms_crypto_key', 'google_artifact_registry_repository']) {
      for (const resource of template.resources(type)) expect(resource['lifecycle'] !== undefined).toBe(guarded);
    }
  });

  it('takes a description as text, whatever stands in it', () => {
    const images = { repositories: { gateway: { description: 'costs ${5} and %{if} more' } } };
    expect(foundation({ images }).resource('google_artifact_registry_repository')['description']).toBe('costs $${5} and %%{if} more');
  });

  it('refuses one name for a repository and a remote', () => {
    const images = { repositories: { hub: {} }, remotes: { hub: { upstream: 'docker-hub' } } };
    expect(() => foundation({ images })).toThrow(/^dev-foundation\/Images: `hub` names a repository and a remote/);
  });
});

describe('any valid environment', () => {
  it('synthesizes, the same each time', () => {
    fc.assert(
      fc.property(environments, (given) => {
        const [first, second] = [build(given), build(given)];
        expect(first.map(({ json }) => json)).toEqual(second.map(({ json }) => json));
      }),
      { numRuns: 40 },
    );
  });

  it('has stacks named after it, with names that the services take', () => {
    fc.assert(
      fc.property(environments, (given) => {
        const stacks = withoutTokenTraces(() => buildEnvironment(Testing.app(), given));
        for (const stack of stacks) expect(stack.node.id).toMatch(new RegExp(`^${given.name}-[a-z]+$`));
        const [template] = stacks.map((stack) => new Template(stack));
        for (const { secret_id: id } of template!.resources('google_secret_manager_secret')) expect(id).toMatch(/^[\w-]{1,255}$/);
        for (const { repository_id: id } of template!.resources('google_artifact_registry_repository')) {
          expect(id).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('keeps labels as they were written', () => {
    fc.assert(
      fc.property(environments, (given) => {
        const [template] = build({ ...given, images: { repositories: {}, remotes: {} } });
        expect(template!.providers()['google']![0]!['default_labels']).toEqual({ environment: given.name, ...given.labels });
      }),
      { numRuns: 20 },
    );
  });
});
