import { randomInt } from 'node:crypto';
import { type Diagnostic, failure } from './diagnostics';
import { isUnknown, type ObjectValue, type Value } from './values';

const CLASSES = [
  { name: 'lower', minimum: 'min_lower', characters: 'abcdefghijklmnopqrstuvwxyz' },
  { name: 'upper', minimum: 'min_upper', characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
  { name: 'numeric', minimum: 'min_numeric', characters: '0123456789' },
  { name: 'special', minimum: 'min_special', characters: '!@#$%&*()-_=+[]{}<>:?' },
] as const;

const countOf = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);

/** What random_password refuses: no characters to choose from, or more of them demanded than there is room for. */
export function passwordProblems(config: ObjectValue): Diagnostic[] {
  if (Object.values(config).some(isUnknown)) return [];
  const problems: Diagnostic[] = [];
  const demanded = CLASSES.reduce((sum, { minimum }) => sum + countOf(config[minimum]), 0);
  const length = countOf(config.length);
  if (demanded > length) {
    const minima = CLASSES.map(({ minimum }) => minimum).join(', ');
    problems.push(
      failure(
        'Password too short',
        `length is ${length}, but ${minima} together demand ${demanded}. Raise length to at least ${demanded}.`,
        ['length'],
      ),
    );
  }
  if (CLASSES.every(({ name }) => config[name] === false)) {
    problems.push(
      failure('No characters to choose from', 'lower, upper, numeric and special are all false; at least one must be true.', ['lower']),
    );
  }
  return problems;
}

/** A password by the options of random_password. The minimum of a class counts even where the class is switched off, as in the provider. */
export function drawPassword(options: ObjectValue): string {
  const sets = CLASSES.map(({ name, minimum, characters }) => ({
    allowed: options[name] !== false,
    minimum: countOf(options[minimum]),
    characters:
      name === 'special' && typeof options.override_special === 'string' && options.override_special !== ''
        ? options.override_special
        : characters,
  }));
  const alphabet = sets
    .filter(({ allowed }) => allowed)
    .map(({ characters }) => characters)
    .join('');
  const drawn = sets.flatMap(({ minimum, characters }) => draw(minimum, characters));
  return shuffle([...drawn, ...draw(countOf(options.length) - drawn.length, alphabet)]).join('');
}

const draw = (count: number, alphabet: string): string[] =>
  Array.from({ length: count }, () => alphabet.charAt(randomInt(alphabet.length)));

function shuffle(items: string[]): string[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other] as string, items[last] as string];
  }
  return items;
}
