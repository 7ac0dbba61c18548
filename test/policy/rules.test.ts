import { judge, type Finding } from '../../policy/judge';
import { RULES } from '../../policy/rules';
import { looksAt, type Example, type Rule } from '../../policy/rule';
import { Stack } from '../../policy/stack';
import { withoutOneValue } from '../support/abstraction';

const EVERYTHING = { production: true, perimeter: true };

/** What the rule says of an example: failed wins over unknown, as for a reader. */
function outcome(rule: Rule, json: unknown): Finding['outcome'] | 'passed' | 'not looked at' {
  const stack = { name: 'example', json };
  const looked = new Stack(stack).elements.some(({ type }) => looksAt(rule, type));
  const { findings } = judge([stack], [rule], EVERYTHING);
  if (findings.some((finding) => finding.outcome === 'failed')) return 'failed';
  if (findings.length > 0) return 'unknown';
  return looked ? 'passed' : 'not looked at';
}

/** They ask only whether a resource is there. */
const EXISTENCE = ['IAM-001', 'IAM-008', 'TF-007'];

/** They ask only whether an argument is there, or how it is written: that is known of every value. */
const WRITING = ['SEC-001', 'TF-001', 'TF-004', 'TF-005', 'TF-006'];
const ofValues = RULES.filter(({ id }) => !EXISTENCE.includes(id) && !WRITING.includes(id));

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('passes what it shows as kept', () => expect(outcome(rule, rule.good)).toBe(EXISTENCE.includes(id) ? 'not looked at' : 'passed'));
  it('finds what it shows as broken', () => expect(outcome(rule, rule.bad)).toBe('failed'));
});

describe.each(ofValues.map((rule) => [rule.id, rule] as const))('%s, where a value is unresolved', (_id, rule) => {
  it('never lets it pass for a kept one', () => {
    for (const { json, place } of withoutOneValue(rule.bad))
      expect({ place, outcome: outcome(rule, json) }).not.toEqual({ place, outcome: 'passed' });
  });

  it('never takes it for a breach', () => {
    for (const { json, place } of withoutOneValue(rule.good))
      expect({ place, outcome: outcome(rule, json) }).not.toEqual({ place, outcome: 'failed' });
  });

  it('says unknown where it is the value that it asks for', () => {
    const outcomes = [rule.good, rule.bad].flatMap((example: Example) => withoutOneValue(example).map(({ json }) => outcome(rule, json)));
    expect(outcomes).toContain('unknown');
  });
});

describe('the rules', () => {
  it('are at least fifty, with ids of their own', () => {
    expect(RULES.length).toBeGreaterThanOrEqual(50);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id } of RULES) expect(id).toMatch(/^[A-Z]{2,5}-\d{3}$/);
  });

  it('say why and what to do, in sentences', () => {
    for (const { id, title, reason, fix } of RULES) {
      expect({ id, title }).toEqual({ id, title: expect.stringMatching(/^[A-Z\d].*[^.]$/) as string });
      for (const sentence of [reason, fix])
        expect({ id, sentence }).toEqual({ id, sentence: expect.stringMatching(/^.{15,}[.!)…]$/s) as string });
    }
  });

  it('map to ids as the other tools write them', () => {
    for (const { id, maps } of RULES) {
      for (const each of maps.cis ?? []) expect({ id, each: /^\d+(\.\d+)+$/.test(each) }).toEqual({ id, each: true });
      for (const each of maps.checkov ?? []) expect({ id, each: /^CKV2?_(GCP|AWS)_\d+$/.test(each) }).toEqual({ id, each: true });
      for (const each of maps.trivy ?? []) expect({ id, each: /^(GCP|AWS)-\d{4}$/.test(each) }).toEqual({ id, each: true });
    }
  });
});
