import Ajv from 'ajv';
import { checkPolicy, type Suppression } from '../../policy';
import { type ReviewInput, buildReport, readPlan, type SynthesizedStack } from '../../review';
import SCHEMA from '../../review/report/schema.json';
import { everyFormat, planText, TODAY } from './plans';

const SECRET = 'planted/in-a-path';

const network = (name: string, settings: object) => ({
  [name]: { name: name.toLowerCase(), ...settings, '//': { metadata: { path: `prod-network/${name}` } } },
});

const stack = (networks: object): SynthesizedStack => ({
  id: 'prod-network',
  dependencies: [],
  configuration: { resource: { google_compute_network: networks } },
});

const OLD = network('Old', { auto_create_subnetworks: true });
const HOSTILE = network('**<b>`x', { auto_create_subnetworks: true });

/** The plan has nothing to do with it: whatever is found comes from the stacks. */
function inputOf(head: object, base: object | undefined, suppressions: readonly Suppression[] = []): ReviewInput {
  const [after, before] = [stack(head), base && stack(base)];
  const report = checkPolicy([{ name: after.id, json: after.configuration as never }], {
    production: false,
    perimeter: false,
    suppressions,
    today: TODAY,
  });
  const plan = {
    ...readPlan(JSON.parse(planText('update')), { source: 'x', stack: after.id }),
    redact: (text: string) => text.replaceAll(SECRET, '(sensitive value)'),
  };
  return {
    stacks: [{ plan, head: after, base: before }],
    base: base && 'main',
    origin: 'rehearsal',
    today: TODAY,
    policy: [{ name: 'prod', artifact: 'environments/prod.yaml', report }],
  };
}

const found = (input: ReviewInput) =>
  buildReport(input)
    .policy!.findings.filter(({ rule }) => rule === 'NET-005')
    .map(({ path, isNew }) => [path, isNew]);

describe('what the policy says of the stacks', () => {
  it('is new where the base does not have it, and comes first then', () => {
    expect(found(inputOf({ ...OLD, ...network('New', { auto_create_subnetworks: true }) }, OLD))).toEqual([
      ['prod-network/New', true],
      ['prod-network/Old', false],
    ]);
  });

  it('is neither new nor old without a base, and new in a stack that is', () => {
    expect(found(inputOf(OLD, undefined))).toEqual([['prod-network/Old', undefined]]);
    const input = inputOf(OLD, undefined);
    expect(found({ ...input, base: 'main' })).toEqual([['prod-network/Old', true]]);
  });

  it('is looked at: a new error is nothing routine, one that was there is', () => {
    expect(buildReport(inputOf(OLD, OLD)).verdict).toBe('routine');
    const { verdict, sentence } = buildReport(inputOf(OLD, {}));
    expect([verdict, sentence]).toEqual(['look', expect.stringMatching(/^Look at it closely: .*\d new errors? of the policy/)]);
  });

  it('is said in every format, after the risks, with what is suppressed and by whom', () => {
    const suppression = {
      name: 'old',
      rule: 'NET-005',
      path: 'prod-network/Old',
      reason: 'it **goes** <b>in May',
      owner: 'net@example.com',
    };
    const texts = everyFormat(buildReport(inputOf({ ...OLD, ...HOSTILE }, {}, [suppression])));
    expect(texts.markdown).toMatch(/### Policy\n\n?- \*\*new\*\* error · `NET-/);
    expect(texts.markdown).toContain('Suppressed by `net@example.com`: `it **goes** <b>in May`');
    expect(texts.markdown).toContain('<details><summary>1 suppressed</summary>');
    expect(texts.html).toContain('Suppressed by net@example.com: it **goes** &lt;b&gt;in May');
    expect(texts.html).not.toContain('<b>in');
    expect(JSON.parse(texts.json)).toMatchObject({
      policy: { suppressed: [{ rule: 'NET-005', suppression: { owner: 'net@example.com' } }] },
    });
    const valid = new Ajv({ allowUnionTypes: true }).compile(SCHEMA);
    expect([valid(JSON.parse(texts.json)), valid.errors]).toEqual([true, null]);
    const { runs } = JSON.parse(texts.sarif) as {
      runs: { tool: { driver: { name: string; rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[];
    };
    expect(runs.map(({ tool }) => tool.driver.name)).toEqual(['plan-review', 'policy']);
    for (const { tool, results } of runs)
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  });

  it('holds no secret of the plan', () => {
    const texts = everyFormat(buildReport(inputOf(network(SECRET, { auto_create_subnetworks: true }), {})));
    for (const text of Object.values(texts)) expect(text).not.toContain(SECRET);
    expect(texts.markdown).toContain('prod-network/(sensitive value)');
  });

  it('is left out where nobody asked', () => {
    const texts = everyFormat(buildReport({ ...inputOf(OLD, OLD), policy: undefined }));
    expect(texts.markdown).not.toContain('### Policy');
    expect(texts.html).not.toContain('<h2>Policy');
    expect(JSON.parse(texts.json)).toMatchObject({ policy: null });
  });
});
