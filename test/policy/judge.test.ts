import fc from 'fast-check';
import { judge, type Finding } from '../../policy/judge';
import { resource, type Rule } from '../../policy/rule';
import { RULES, ruleOf } from '../../policy/rules';
import { withoutOneValue } from '../support/abstraction';

const EVERYTHING = { production: true, perimeter: true };

const findings = (json: unknown, rules: readonly Rule[] = RULES, circumstances = EVERYTHING): readonly Finding[] =>
  judge([{ name: 'stack', json }], rules, circumstances).findings;

const rule = (id: string): Rule => ruleOf(id)!;

const network = (settings: object) => resource('google_compute_network', { name: 'main', ...settings });

describe('a judgement', () => {
  it('names construct, address, place and what to do', () => {
    const metadata = { '//': { metadata: { path: 'stack/Network/Resource' } } };
    expect(findings(network({ auto_create_subnetworks: true, ...metadata }), [rule('NET-005')])).toEqual([
      {
        rule: 'NET-005',
        level: 'error',
        outcome: 'failed',
        stack: 'stack',
        path: 'stack/Network/Resource',
        address: 'google_compute_network.example',
        place: 'auto_create_subnetworks',
        message: 'is true',
        fix: rule('NET-005').fix,
      },
    ]);
  });

  it('names stack and address where there is no construct', () => {
    expect(findings(network({}), [rule('NET-005')])[0]?.path).toBe('stack/google_compute_network.example');
  });

  it('counts what holds', () => {
    expect(judge([{ name: 'stack', json: network({ auto_create_subnetworks: false }) }], [rule('NET-005')], EVERYTHING)).toEqual({
      findings: [],
      passed: 1,
    });
  });

  it('says unknown, not passed, where a rule fails', () => {
    const broken: Rule = {
      ...rule('NET-005'),
      check: () => {
        throw new TypeError('x is not a function');
      },
    };
    expect(findings(network({}), [broken])).toMatchObject([{ outcome: 'unknown', message: 'the rule failed: x is not a function' }]);
  });

  it('says what is wrong for certain, though something else is unresolved', () => {
    const firewall = (...source_ranges: string[]) =>
      resource('google_compute_firewall', { name: 'x', allow: [{ protocol: 'tcp' }], source_ranges });
    expect(findings(firewall('${var.range}', '0.0.0.0/0'), [rule('NET-001')])).toMatchObject([
      { outcome: 'failed', place: 'source_ranges[1]' },
    ]);
    expect(findings(firewall('${var.range}', '10.0.0.0/8'), [rule('NET-001')])).toMatchObject([
      { outcome: 'unknown', place: 'source_ranges[0]' },
    ]);
  });

  it('decides on the known part of a text', () => {
    const grant = (member: string) => resource('google_cloud_run_v2_service_iam_member', { role: 'roles/run.invoker', member });
    expect(findings(grant('serviceAccount:${google_service_account.x.email}'), [rule('RUN-021')])).toEqual([]);
    expect(findings(grant('all${var.who}'), [rule('RUN-021')])).toMatchObject([{ outcome: 'unknown' }]);
  });

  it('follows references to resources and locals of the stack', () => {
    const json = {
      locals: { ranges: '0.0.0.0/0' },
      ...resource('google_compute_firewall', { name: 'x', allow: [{ protocol: 'tcp' }], source_ranges: ['${local.ranges}'] }),
    };
    expect(findings(json, [rule('NET-001')])).toMatchObject([{ outcome: 'failed' }]);
  });

  it('does not follow references that go in circles', () => {
    const json = { locals: { a: '${local.b}', b: '${local.a}' }, ...network({ auto_create_subnetworks: '${local.a}' }) };
    expect(findings(json, [rule('NET-005')])).toMatchObject([{ outcome: 'unknown' }]);
  });

  it('takes dynamic blocks for unresolved', () => {
    const json = resource('google_cloud_run_v2_service', { template: { dynamic: { containers: { for_each: [1], content: {} } } } });
    expect(findings(json, [rule('RUN-001')])).toMatchObject([{ outcome: 'unknown', message: '`template.containers` is a dynamic block' }]);
  });

  it.each([{ count: 0 }, { for_each: {} }])('skips what is not made: %j', (meta) => {
    expect(findings(network({ auto_create_subnetworks: true, ...meta }), [rule('NET-005')])).toEqual([]);
  });

  it.each([
    ['a list of objects for an object', { resource: [{ google_compute_network: [{ example: [{ name: 'main' }] }] }] }],
    ['blocks as lists', resource('google_compute_network', { name: 'main' })],
  ])("reads Terraform's JSON: %s", (_title, json) => expect(findings(json, [rule('NET-005')])).toMatchObject([{ outcome: 'failed' }]));

  it('keeps rules for production and perimeters to them', () => {
    const bare = resource('google_kms_crypto_key', { name: 'k', rotation_period: '7776000s' });
    const ids = (circumstances: typeof EVERYTHING) => findings(bare, RULES, circumstances).map((finding) => finding.rule);
    expect(ids({ production: false, perimeter: false })).toEqual([]);
    expect(ids({ production: true, perimeter: false })).toEqual(['KMS-002', 'KMS-003']);
  });

  it.each([null, undefined, 7, 'text', [], [[]], { resource: null }, { resource: { google_compute_network: 'x' } }, { terraform: [] }])(
    'takes %j for a stack',
    (json) => expect(() => findings(json)).not.toThrow(),
  );
});

/** Values as they stand in stacks, and as they should not. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(
      '${var.x}',
      '${local.y}',
      '${a.b.c}',
      'x-${each.value}-y',
      '%{ if true }',
      '$${text}',
      '${"}"',
      '',
      null,
      true,
      false,
      0,
      -1,
      1e9,
    ),
    fc.string(),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('__proto__', 'constructor', 'dynamic', 'lifecycle', '//')),
      tie('any'),
      { maxKeys: 4 },
    ),
  ),
})).any;

/** An example of a rule, in which one value was replaced by anything. */
const mutation = fc
  .record({ rule: fc.constantFrom(...RULES), which: fc.constantFrom('good' as const, 'bad' as const), at: fc.nat(), anything: value })
  .map(({ rule: { good, bad }, which, at, anything }) => {
    const all = withoutOneValue(which === 'good' ? good : bad);
    const text = JSON.stringify(all.length > 0 ? all[at % all.length]!.json : {});
    return JSON.parse(text.replace('"${var.unresolved}"', () => JSON.stringify(anything ?? null))) as unknown;
  });

describe('any stack', () => {
  it('is judged without a crash, whatever stands in it', () => {
    fc.assert(
      fc.property(mutation, (json) => {
        for (const { message, outcome } of findings(json))
          expect({ message, outcome }).not.toMatchObject({ message: expect.stringContaining('the rule failed') as string });
      }),
      { numRuns: 1500 },
    );
  });

  it('never passes a rule for a value that is hidden, if it breaks the rule with it', () => {
    fc.assert(
      fc.property(mutation, fc.nat(), (json, at) => {
        const broken = new Set(
          findings(json)
            .filter(({ outcome }) => outcome === 'failed')
            .map(({ rule: id }) => id),
        );
        const hidden = withoutOneValue(json);
        if (hidden.length === 0) return;
        const said = new Set(findings(hidden[at % hidden.length]!.json).map(({ rule: id }) => id));
        // How a value is written is known of every value: a reference is no literal.
        for (const id of broken)
          if (!['TF-004', 'TF-005', 'TF-006'].includes(id)) expect({ id, said: said.has(id) }).toEqual({ id, said: true });
      }),
      { numRuns: 1500 },
    );
  });
});
