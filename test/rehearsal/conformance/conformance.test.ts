import { describeWith, terraform } from '../../support/requirements';
import { readCases } from './cases';
import { ACCEPTED, compare, type CaseComparison, contradictions, leftToDo } from './compare';
import { generatedSection, readDocument, sectionOf } from './document';
import { outdated, readKnownDifferences, unlisted } from './known-differences';
import type { Observations } from './observe';
import { googleVersion, realProvider } from './providers';
import { Session } from './session';

const cases = readCases();
const known = readKnownDifferences();
const named = cases.map((each) => [each.name, each] as const);

describe('the cases', () => {
  it('are at least 60: valid and invalid ones, from nothing and as changes', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(cases.filter(({ invalid }) => invalid !== undefined).length).toBeGreaterThanOrEqual(20);
    expect(cases.filter(({ before }) => before !== undefined).length).toBeGreaterThanOrEqual(20);
  });
});

describeWith(terraform(), 'conformance', () => {
  const session = new Session(cases);
  let ours: Observations;

  beforeAll(async () => {
    ours = await session.embedded();
  });
  afterAll(() => session.close());

  describe('of the embedded google provider', () => {
    const accepted = new Set(known.filter(({ what }) => what === ACCEPTED).map((each) => each.case));

    it.each(named)('%s: verdict and actions, but for known differences', (name, each) => {
      const observed = ours.get(name)!;
      expect(accepted.has(name) ? observed.errors : contradictions(each, observed)).toEqual([]);
    });

    it('leaves nothing to do after an apply', () => expect(cases.flatMap(({ name }) => leftToDo(ours.get(name)!))).toEqual([]));
  });

  describeWith(realProvider(), `of the real google ${googleVersion()} provider`, () => {
    let theirs: Observations;
    let comparisons: CaseComparison[];

    beforeAll(async () => {
      theirs = await session.real();
      comparisons = compare(cases, ours, theirs);
    });

    it.each(named)('%s: the same verdict and plan, but for known differences', (name, each) => {
      const found = comparisons.filter((comparison) => comparison.case === each).flatMap(({ differences }) => differences);
      expect(contradictions(each, theirs.get(name)!)).toEqual([]);
      expect(unlisted(found, known)).toEqual([]);
    });

    it('still shows every known difference', () => {
      expect(outdated(comparisons.flatMap(({ differences }) => differences), known)).toEqual([]); // prettier-ignore
    });

    it('is what docs/rehearsal.md says (else: npm run conformance)', () => {
      expect(sectionOf(readDocument())).toBe(generatedSection(comparisons, known));
    });
  });
});
