import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, withoutTokenTraces } from '../../constructs/core';
import { AccessPolicy, PerimeterMode, type PerimeterSettings, ServicePerimeter } from '../../constructs/service-perimeter';
import { appWith, changeStacks, rehearsal, type StackText } from '../rehearsal/run/app';
import { describeWith, terraform } from '../support/requirements';
import { TEST_ENVIRONMENT } from '../support/template';
import { EnvironmentStack } from '../../constructs/core';

const SETTINGS: PerimeterSettings = { projects: ['905148237260'], restrictedServices: ['storage.googleapis.com'], ingress: ['deployer'] };
const CANDIDATE: PerimeterSettings = { ...SETTINGS, restrictedServices: ['aiplatform.googleapis.com', 'storage.googleapis.com'] };
const IDENTITY = 'deployer@acme-ai-prod.iam.gserviceaccount.com';

/** Where a perimeter goes in its life, step by step. */
const LIFE = {
  'dry run': PerimeterMode.dryRun(SETTINGS),
  'enforced with candidate': PerimeterMode.enforcedWithCandidate(SETTINGS, CANDIDATE),
  enforced: PerimeterMode.enforced(CANDIDATE),
  retiring: PerimeterMode.retiring(CANDIDATE),
};

/** What `app.synth()` writes of a stack that holds the perimeter, or nothing of it any more. */
function synthesized(mode: PerimeterMode | undefined, outdir: string): StackText {
  const app = new App({ outdir, stackTraces: false });
  withoutTokenTraces(() => {
    const stack = new EnvironmentStack(app, 'test-perimeter', { ...TEST_ENVIRONMENT, environmentName: 'test' });
    if (mode) {
      new ServicePerimeter(stack, 'Perimeter', {
        policy: AccessPolicy.fromNumber('884412097365'),
        name: 'test',
        mode,
        ingressPolicies: {
          deployer: {
            from: { identities: [`serviceAccount:${IDENTITY}`], anywhere: true },
            to: { projects: ['*'], operations: { '*': {} } },
          },
        },
        surroundings: { deployment: { identity: IDENTITY } },
      });
    }
    app.synth();
  });
  return JSON.parse(readFileSync(join(outdir, 'stacks/test-perimeter/cdk.tf.json'), 'utf8')) as StackText;
}

describeWith(terraform(), 'the life of a perimeter, with real Terraform', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'perimeter-life-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('is one resource that is made, changed in place and deleted, and each plan shows exactly what changes', async () => {
    const at = (name: string): StackText =>
      synthesized(LIFE[name as keyof typeof LIFE], join(scratch, name.replaceAll(' ', '-') || 'gone'));
    const app = appWith({ 'test-perimeter': at('dry run') });
    const keep = join(scratch, 'kept');
    const plans: Record<string, unknown> = {};
    for (const name of [...Object.keys(LIFE), '']) {
      changeStacks(app, { 'test-perimeter': at(name) });
      const report = await rehearsal(app, { keep });
      expect(report.outcome).toBe('ok');
      plans[name || 'gone'] = report.stacks[0]!.changes;
      if (name !== '') expect(stateOf(keep)).toMatchObject(EXPECTED[name as keyof typeof LIFE]);
    }
    const change = (action: string): unknown[] => [
      { address: expect.stringMatching(/^google_access_context_manager_service_perimeter\./), action },
    ];
    expect(plans).toMatchObject({
      'dry run': change('create'),
      'enforced with candidate': change('update'),
      enforced: change('update'),
      retiring: change('update'),
      gone: change('delete'),
    });
  });
});

const services = (...names: string[]): object[] => [{ restricted_services: names.map((name) => `${name}.googleapis.com`) }];

/** What stands in the state, and so was applied: the table of the dry-run states. */
const EXPECTED = {
  'dry run': { status: [], spec: services('storage'), use_explicit_dry_run_spec: true },
  'enforced with candidate': { status: services('storage'), spec: services('aiplatform', 'storage'), use_explicit_dry_run_spec: true },
  enforced: { status: services('aiplatform', 'storage'), spec: [], use_explicit_dry_run_spec: false },
  retiring: { status: services('aiplatform', 'storage'), spec: [], use_explicit_dry_run_spec: true },
};

function stateOf(directory: string): unknown {
  const state = JSON.parse(readFileSync(join(directory, 'state/test-perimeter.tfstate'), 'utf8')) as {
    resources: { type: string; instances: { attributes: unknown }[] }[];
  };
  return state.resources.find(({ type }) => type === 'google_access_context_manager_service_perimeter')!.instances[0]!.attributes;
}
