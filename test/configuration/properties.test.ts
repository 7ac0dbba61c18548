import { join } from 'node:path';
import * as fc from 'fast-check';
import { isMap, isScalar, parseDocument, visit, type Pair, type Scalar } from 'yaml';
import { checkFiles, ConfigurationError, reportConfigurationError, type CheckedFiles } from '../../configuration';
import { environmentSchema } from '../../configuration/schema';
import { asYaml, environmentInputs } from '../support/environments';
import { withFiles } from '../support/files';

/** A failure is reported as found: shrinking a file of YAML takes minutes, and a whole file is easy to read. */
const RUNS = { numRuns: 100, endOnFailure: true };

const check = (content: string | Uint8Array): CheckedFiles =>
  withFiles({ 'some.yaml': content }, (directory) => checkFiles([join(directory, 'some.yaml')]));

/** A mutation answers with problems that have a line; and whatever it is, the report is text for people. */
function expectAnswer({ problems, environments }: CheckedFiles): void {
  expect(problems.length > 0).toBe(environments.length === 0);
  for (const { place, message } of problems) {
    expect(place.span?.line).toBeGreaterThan(0);
    expect(place.span?.column).toBeGreaterThan(0);
    expect(message).toMatch(/\S/);
    expect(message).not.toMatch(/undefined|\[object|NaN|Infinity|\n/);
  }
  expect(reportConfigurationError(new ConfigurationError(problems))).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** A pair of the file whose key is one of the schema's, with its place; `leaf`: the value is a scalar. */
interface Found {
  readonly key: Scalar.Parsed;
  readonly value: unknown;
  readonly leaf: boolean;
  readonly named: boolean;
}

/** Under these, keys are names that people choose. */
const NAMED = [
  'labels',
  'secrets',
  'repositories',
  'remotes',
  'endpoints',
  'models',
  'aliases',
  'modelGarden',
  'managedModels',
  'providers',
  'workloads',
  'invokers',
  'projects',
  'caches',
  'promotions',
  'pullers',
  'accessLevels',
  'ingressPolicies',
  'egressPolicies',
  'operations',
  'domains',
  'signIn',
  'teams',
  'keys',
  'suppressions',
  'flags',
];

function pairs(text: string): Found[] {
  const found: Found[] = [];
  visit(parseDocument(text), {
    Pair(_, pair, path) {
      const { key, value } = pair as Pair<Scalar.Parsed, Scalar.Parsed>;
      const parent = path.at(-2) as Pair<Scalar> | undefined;
      const named = NAMED.includes(String(parent?.key?.value ?? '')) && isMap(path.at(-1));
      found.push({ key, value, leaf: isScalar(value), named });
    },
  });
  return found;
}

const splice = (text: string, [start, end]: readonly number[], by: string): string => text.slice(0, start) + by + text.slice(end);

/** The first key of an item: its line once more is one more item, and no mistake. */
const opensItem = (text: string, { key }: Found): boolean => /(^|\n) *- $/.test(text.slice(0, key.range[0]));

/** Files with one pair of them picked. */
const picked = (accept: (found: Found, text: string) => boolean) =>
  environmentInputs
    .map(asYaml)
    .map((text) => ({ text, candidates: pairs(text).filter((found) => accept(found, text)) }))
    .filter(({ candidates }) => candidates.length > 0)
    .chain(({ text, candidates }) =>
      fc.constantFrom(...candidates).map((pair) => ({ text, ...pair, line: lineOf(text, pair.key.range[0]) })),
    );

const linesOf = ({ problems }: CheckedFiles): (number | undefined)[] => problems.map(({ place }) => place.span?.line);

describe('any valid environment file', () => {
  it('is read as what it says', () => {
    fc.assert(
      fc.property(environmentInputs, (input) => {
        const { problems, environments } = check(asYaml(input));
        expect(problems).toEqual([]);
        expect(environments[0]?.environment).toEqual({ name: 'some', ...environmentSchema.parse(input) });
      }),
      RUNS,
    );
  });
});

describe('a valid environment file with one mistake', () => {
  const mistake = (title: string, accept: (found: Found) => boolean, make: (text: string, found: Found) => string) => {
    it(`${title}: is answered on that line`, () => {
      fc.assert(
        fc.property(picked(accept), ({ text, line, ...found }) => {
          const checked = check(make(text, found));
          expectAnswer(checked);
          expect(linesOf(checked)).toContain(line);
        }),
        RUNS,
      );
    });
  };

  const rangeOf = (value: unknown): readonly number[] => (value as Scalar.Parsed).range;

  mistake(
    'a letter too many in a key',
    ({ named }) => !named,
    (text, { key }) => splice(text, key.range, `${String(key.value)}q`),
  );
  mistake(
    'a letter of a key in upper case',
    ({ named }) => !named,
    (text, { key }) => splice(text, key.range, `${String(key.value).slice(0, -1)}Q`),
  );
  mistake(
    'a list instead of a value',
    ({ leaf }) => leaf,
    (text, { value }) => splice(text, rangeOf(value), '[1]'),
  );
  mistake(
    'a map instead of a value',
    ({ leaf }) => leaf,
    (text, { value }) => splice(text, rangeOf(value), '{ a: 1 }'),
  );
  mistake(
    'no value',
    ({ leaf }) => leaf,
    (text, { value }) => splice(text, rangeOf(value), ''),
  );
  mistake(
    'a number below its range',
    ({ value }) => isScalar(value) && typeof value.value === 'number',
    (text, { value }) => splice(text, rangeOf(value), '-1'),
  );
  mistake(
    'yes instead of true',
    ({ value }) => isScalar(value) && typeof value.value === 'boolean',
    (text, { value }) => splice(text, rangeOf(value), 'yes'),
  );
  mistake(
    'an alias instead of a value',
    ({ leaf }) => leaf,
    (text, { value }) => splice(text, rangeOf(value), '*a'),
  );
  mistake(
    'a tag before a value',
    ({ leaf }) => leaf,
    (text, { value }) => splice(text, [rangeOf(value)[0]!, rangeOf(value)[0]!], '!!str '),
  );
  mistake(
    'a tab before a key',
    ({ key }) => key.range[0] > 0,
    (text, { key }) => splice(text, [key.range[0], key.range[0]], '\t'),
  );

  it('a key that stands twice: is answered on the second line', () => {
    fc.assert(
      fc.property(
        picked((found, text) => found.leaf && !opensItem(text, found)),
        ({ text, line }) => {
          const lines = text.split('\n');
          lines.splice(line, 0, lines[line - 1]!);
          const checked = check(lines.join('\n'));
          expectAnswer(checked);
          expect(linesOf(checked)).toEqual([line + 1]);
        },
      ),
      RUNS,
    );
  });

  it('a required key left out: is answered with its path', () => {
    const required = [
      ['tier'],
      ['project'],
      ['project', 'id'],
      ['project', 'number'],
      ['region'],
      ['state'],
      ['state', 'backend'],
      ['network'],
      ['network', 'subnet'],
    ];
    fc.assert(
      fc.property(environmentInputs, fc.constantFrom(...required), (input, path) => {
        const document = parseDocument(asYaml(input));
        document.deleteIn(path);
        const checked = check(document.toString());
        expectAnswer(checked);
        expect(checked.problems.map((problem) => problem.path)).toContain(path.join('.'));
      }),
      RUNS,
    );
  });
});

describe('a damaged environment file', () => {
  const bytes = environmentInputs.map((input) => Buffer.from(asYaml(input)));
  const damaged = bytes.chain((whole) =>
    fc
      .array(
        fc.record({
          at: fc.nat({ max: whole.length - 1 }),
          remove: fc.integer({ min: 0, max: 3 }),
          insert: fc.oneof(
            fc.uint8Array({ maxLength: 3 }),
            fc
              .constantFrom(
                ...[
                  '\t',
                  '"',
                  "'",
                  ':',
                  ': ',
                  '- ',
                  '[',
                  '{',
                  '}',
                  '#',
                  '&a ',
                  '*a',
                  '!',
                  '|',
                  '>',
                  '%',
                  '---\n',
                  '? ',
                  '\n',
                  '\r',
                  '<<: ',
                  '~',
                  '`',
                  '\\',
                ],
              )
              .map((text) => Buffer.from(text)),
          ),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((cuts) =>
        cuts.reduce<Buffer>(
          (sum, { at, remove, insert }) => Buffer.concat([sum.subarray(0, at), insert, sum.subarray(at + remove)]),
          whole,
        ),
      ),
  );

  it('is valid, or answered with lines, and never anything else', () => {
    fc.assert(
      fc.property(damaged, (content) => expectAnswer(check(content))),
      { ...RUNS, numRuns: 500 },
    );
  });

  it('is answered where it was cut off', () => {
    fc.assert(
      fc.property(bytes, fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) =>
        expectAnswer(check(whole.subarray(0, whole.length * share))),
      ),
      { ...RUNS, numRuns: 150 },
    );
  });
});
