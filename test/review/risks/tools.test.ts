import { type ReviewInput, type RiskRule } from '../../../review';
import { findRisks } from '../../../review/risks';
import { reviewOf, short } from '../builder';

const stack = (terraform: object) => ({ id: 'prod-x', dependencies: [], configuration: { terraform } });

const compared = (before: object, after: object): ReviewInput => {
  const input = reviewOf([{ type: 'terraform_data', after: {} }]);
  return { ...input, stacks: input.stacks.map(({ plan }) => ({ plan, base: stack(before), head: stack(after) })) };
};

const of = (rule: string, input: ReviewInput) => findRisks(input).filter((risk) => risk.rule === rule);

describe('provider, engine and backend', () => {
  const google = (version: string) => ({ required_providers: { google: { source: 'google', version } } });
  const gcs = (more: object) => ({ backend: { gcs: { bucket: 'b', prefix: 'p', ...more } } });

  it('sees a provider of another version', () => {
    expect(short(of('provider-changed', compared(google('6.50.0'), google('7.1.0'))))).toEqual([
      'medium: «google»: «google 6.50.0» → «google 7.1.0».',
    ]);
    expect(of('provider-changed', compared(google('6.50.0'), google('6.50.0')))).toEqual([]);
  });

  it('sees another engine', () => {
    expect(short(of('engine-changed', compared({ required_version: '>= 1.11' }, { required_version: '>= 1.12' })))).toEqual([
      'medium: «>= 1.11» → «>= 1.12».',
    ]);
    expect(of('engine-changed', compared({ required_version: '>= 1.11' }, { required_version: '>= 1.11' }))).toEqual([]);
  });

  it('sees a state that moves', () => {
    expect(short(of('backend-changed', compared(gcs({}), gcs({ prefix: 'q' }))))).toEqual(['high: «gcs»: «prefix» changes.']);
    expect(short(of('backend-changed', compared(gcs({}), { backend: { s3: {} } })))).toEqual(['high: «gcs» → «s3».']);
    expect(of('backend-changed', compared(gcs({}), gcs({})))).toEqual([]);
  });

  it('does not take the directory of a checkout for another state', () => {
    const local = (path: string) => ({ backend: { local: { path } } });
    expect(of('backend-changed', compared(local('/tmp/base/dev-x.tfstate'), local('/home/me/dev-x.tfstate')))).toEqual([]);
    expect(of('backend-changed', compared(local('/tmp/base/dev-x.tfstate'), local('/home/me/other.tfstate')))).toHaveLength(1);
  });

  it('says so where there is no base to compare with', () => {
    for (const rule of ['provider-changed', 'engine-changed', 'backend-changed']) {
      expect(of(rule, { ...compared({}, {}), base: undefined })).toMatchObject([{ level: 'low', unknown: true }]);
    }
  });
});

describe('a rule that fails', () => {
  it('is reported as unknown, without the value that it failed of', () => {
    const broken: RiskRule = {
      id: 'broken-rule',
      title: 'Broken',
      level: 'high',
      reason: 'r',
      remedy: 'r',
      looksAt: 'l',
      check: () => {
        throw new TypeError('cannot read p1anted');
      },
    };
    const [risk] = findRisks(reviewOf([{ type: 'terraform_data', after: {} }]), [broken]);
    expect(risk).toMatchObject({ rule: 'broken-rule', level: 'high', unknown: true });
    expect(JSON.stringify(risk)).not.toContain('p1anted');
  });
});
