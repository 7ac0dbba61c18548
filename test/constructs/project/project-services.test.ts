import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ProjectServices } from '../../../constructs/project';
import { stackWith, synthesize } from '../../support/template';

const FIRST = ['google_project_service.Services_serviceusage_2F0C57A3', 'google_project_service.Services_cloudresourcemanager_CCF32CA4'];

describe('ProjectServices', () => {
  it('switches on the two that the provider needs before the others, each once, and none off', () => {
    const services = ['compute.googleapis.com', 'compute.googleapis.com', 'serviceusage.googleapis.com'];
    const resources = synthesize((stack) => new ProjectServices(stack, 'Services', { services })).resources('google_project_service');
    expect(resources.map((resource) => resource['service']).sort()).toEqual([
      'cloudresourcemanager.googleapis.com',
      'compute.googleapis.com',
      'serviceusage.googleapis.com',
    ]);
    for (const resource of resources) {
      expect(resource['disable_on_destroy']).toBe(false);
      expect(resource['depends_on']).toEqual(resource['service'] === 'compute.googleapis.com' ? FIRST : undefined);
    }
  });

  it('gives others something to wait for', () => {
    const template = synthesize((stack) => {
      const services = new ProjectServices(stack, 'Services', { services: ['compute.googleapis.com'] });
      new ComputeNetwork(stack, 'Network', { name: 'x' }).node.addDependency(...services.of('compute.googleapis.com'));
    });
    expect(template.resource('google_compute_network')['depends_on']).toEqual(['google_project_service.Services_compute_4F985037']);
  });

  it('refuses a short name', () => {
    const build = () => stackWith((stack) => new ProjectServices(stack, 'Services', { services: ['compute'] }));
    expect(build).toThrow(/^test-stack\/Services: `services` must be names that end in \.googleapis\.com, got: "compute"\.$/);
  });

  it('says which services there are when asked for another', () => {
    const build = () => stackWith((stack) => void new ProjectServices(stack, 'Services', { services: [] }).of('run.googleapis.com'));
    expect(build).toThrow(
      /^test-stack\/Services: run\.googleapis\.com is not among the services: cloudresourcemanager\.googleapis\.com, serviceusage/,
    );
  });
});
