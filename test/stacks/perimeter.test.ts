import { evidenceOf, reportViolations, type Evidence } from '../../perimeter';
import { Testing } from '../../constructs/core';
import { buildEnvironment } from '../../stacks';
import { asLog, calls, streamed } from '../support/audit-log';
import { stable } from '../support/snapshot';
import { annotations, Template } from '../support/template';
import { environmentWith, type PerimeterInput } from '../perimeter/environments';

const stackOf = (change: (perimeter: PerimeterInput) => void, tier = 'production', perimeterEvidence?: Evidence) =>
  buildEnvironment(Testing.app(), environmentWith(change, tier), { perimeterEvidence }).find(({ node }) => node.id === 'prod-perimeter')!;

const enforced = (perimeter: PerimeterInput): void => void Object.assign(perimeter, { mode: 'enforced' });

describe('the perimeter stack', () => {
  let evidence: Evidence;
  beforeAll(async () => {
    const report = await reportViolations(environmentWith(), streamed(asLog(calls('2026-11-01', 20, 10))), '2026-11-21');
    evidence = evidenceOf(report!)!;
  });

  it('stays as it is', () => {
    const stack = stackOf((perimeter) => {
      Object.assign(perimeter, {
        accessLevels: {
          managed: { kind: 'expression', expression: 'device.is_corp_owned_device == true' },
          office: { kind: 'conditions', conditions: [{ ipRanges: ['203.0.113.0/24'], levels: ['managed'] }] },
        },
        accessPolicy: { source: 'created', organization: '618033988749', title: 'Gateway' },
        bridges: { shared: { projects: ['667788990011'] } },
      });
    });
    expect(stable(new Template(stack))).toMatchSnapshot();
    expect(annotations(stack, 'warn')).toEqual([]);
  });

  it('is not there where the file says nothing of a perimeter', () => {
    const { perimeter: _, ...without } = environmentWith();
    expect(buildEnvironment(Testing.app(), without).map(({ node }) => node.id)).not.toContain('prod-perimeter');
  });

  it.each(['enforced', 'retiring'] as const)('does not synthesize in production, %s without evidence', (mode) => {
    expect(() => stackOf((perimeter) => void Object.assign(perimeter, { mode }))).toThrow(
      /^prod-perimeter: a production perimeter is not enforced before it was tried\. There is no evidence .* write perimeter\.mode: dry-run in environments\/prod\.yaml/,
    );
  });

  it('does with evidence, also next year', () => {
    const { status } = new Template(stackOf(enforced, 'production', evidence)).resource('google_access_context_manager_service_perimeter');
    expect(status).toBeDefined();
  });

  it('does not when what is enforced is not what was tried', () => {
    const widened = (perimeter: PerimeterInput): void => {
      enforced(perimeter);
      perimeter.config!.ingress!.push('web-shop');
    };
    expect(() => stackOf(widened, 'production', evidence)).toThrow(/another configuration than perimeter\.config is now/);
  });

  it('lets a candidate be anything while what is enforced stays', () => {
    const candidate = (perimeter: PerimeterInput): void => {
      Object.assign(perimeter, { mode: 'enforced-with-candidate', candidate: { services: 'all', ingress: ['deployer', 'web-shop'] } });
    };
    const block = new Template(stackOf(candidate, 'production', evidence)).resource('google_access_context_manager_service_perimeter');
    expect(Object.keys(block)).toEqual(expect.arrayContaining(['spec', 'status']));
  });

  it('goes back with one edit, and no evidence', () => {
    expect(() => new Template(stackOf(() => undefined))).not.toThrow();
  });

  it('needs no evidence in staging', () => expect(() => new Template(stackOf(enforced, 'staging'))).not.toThrow());
});
