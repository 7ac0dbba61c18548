import { LINT_RULES } from '../../../../constructs/gateway/config';
import { configurationOf } from '../../../support/model-groups';
import { lintDocument, writtenDocument } from './lint-document';

describe.each(LINT_RULES)('$id', ({ id, level, bad, good, link, why }) => {
  it('finds something in its bad example', () => {
    const found = configurationOf(bad).findings.filter(({ rule }) => rule === id);
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) expect(finding).toMatchSnapshot();
  });

  it('finds nothing in its good example, and nor does any other rule that refuses', () => {
    const { findings } = configurationOf(good);
    expect(findings.filter(({ rule, level }) => rule === id || level === 'error')).toEqual([]);
  });

  it('says why, and who says so', () => {
    expect(why).toMatch(/^[A-Z].*\.$/);
    expect(link).toMatch(/^https:\/\//);
    expect(['error', 'warning', 'note']).toContain(level);
  });
});

describe('the rules', () => {
  it('have ids of their own', () => {
    const ids = LINT_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are those of docs/gateway-lint.md (else: npm run gateway-lint)', () => {
    expect(writtenDocument()).toBe(lintDocument());
  });
});
