import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, heedDependencies, TerraformStack, Testing } from '../../../constructs/core';
import { ProjectServices } from '../../../constructs/project';

type Resources = Record<string, Record<string, { depends_on?: string[] }>>;

/** A stack of somebody else's making. */
function foreignStack(): TerraformStack {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'tools');
  new GoogleProvider(stack, 'Google', { project: 'acme-tools', region: 'europe-west4' });
  return stack;
}

function dependenciesIn(stack: TerraformStack, type: string, name: string): string[] {
  return (JSON.parse(Testing.synth(stack)) as { resource: Resources }).resource[type]?.[name]?.depends_on ?? [];
}

describe('dependencies in a stack that is no EnvironmentStack', () => {
  it('hold where a construct brings them, and from then on for everybody in the stack', () => {
    const stack = foreignStack();
    const services = new ProjectServices(stack, 'Services', { services: ['compute.googleapis.com'] });
    new ComputeNetwork(stack, 'Network', { name: 'x' }).node.addDependency(...services.of('compute.googleapis.com'));
    const [compute = ''] = dependenciesIn(stack, 'google_compute_network', 'Network');
    expect(compute).toMatch(/^google_project_service\.Services_compute/);
    expect(dependenciesIn(stack, 'google_project_service', compute.split('.')[1] ?? '')).toHaveLength(2);
  });

  it('hold when asked for, and are lost by CDKTF else', () => {
    const of = (prepare: (stack: TerraformStack) => void) => {
      const stack = foreignStack();
      prepare(stack);
      const first = new ComputeNetwork(stack, 'First', { name: 'first' });
      new ComputeNetwork(stack, 'Second', { name: 'second' }).node.addDependency(first);
      return dependenciesIn(stack, 'google_compute_network', 'Second');
    };
    expect(of(() => undefined)).toEqual([]);
    expect(of(heedDependencies)).toEqual(['google_compute_network.First']);
  });

  it('are written with dependOn in every construct', () => {
    const constructs = join(__dirname, '../../../constructs');
    const files = readdirSync(constructs, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const careless = files.filter(
      (file) =>
        file !== join('core', 'dependencies.ts') &&
        /^\s*[^\s*/].*\.node\.addDependency\(/m.test(readFileSync(join(constructs, file), 'utf8')),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(careless).toEqual([]);
  });
});
