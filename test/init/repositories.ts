import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { choicesOf, repositoryFiles, type Choices, type Given, type RepositoryFile } from '../../init';
import { ENVIRONMENTS, PARTS } from '../../init/choices';

export const CIRCUMSTANCES = { directory: 'acme', package: '0.1.0', newId: () => '6f0e1d2c-3b4a-4958-8776-655443322110' };

/** Of a person who has asked for nothing that is wrong. */
export function choices(given: Given = {}): Choices {
  const result = choicesOf(given, CIRCUMSTANCES);
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes));
  return result.choices;
}

/** What is wrong: `--flag  message`. */
export function mistakes(given: Given): string[] {
  const result = choicesOf(given, CIRCUMSTANCES);
  return 'mistakes' in result ? result.mistakes.map(({ flag, message }) => `--${flag}  ${message}`) : [];
}

export const filesOf = (given: Given = {}): RepositoryFile[] => repositoryFiles(choices(given));

export function textOf(files: readonly RepositoryFile[], path: string): string {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return found.text;
}

export function write(directory: string, files: readonly RepositoryFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** Every subset, smallest first; of n things there are 2ⁿ. */
const subsets = <T>(of: readonly T[]): T[][] => of.reduce<T[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);

const ENVIRONMENT_SETS = subsets(ENVIRONMENTS).filter((set) => set.length > 0);
const PART_SETS = subsets(PARTS);
const REGIONS = ['europe-west4', 'us-central1', 'asia-northeast1'];

const isPossible = (environments: readonly string[], parts: readonly string[]): boolean =>
  !(parts.includes('perimeter') && environments.every((name) => name === 'dev'));

function given(environments: readonly string[], parts: readonly string[], callers: boolean, github: boolean, region: string): Given {
  return {
    environments: environments.join(','),
    parts: parts.length === 0 ? 'none' : parts.join(','),
    region,
    ...(callers && parts.includes('gateway') && { callers: '203.0.113.0/24,198.51.100.7/32' }),
    ...(github && { github: 'acme/gateway' }),
  };
}

/** Every combination of what the files are made of. */
export const EVERY: readonly Given[] = ENVIRONMENT_SETS.flatMap((environments) =>
  PART_SETS.filter((parts) => isPossible(environments, parts)).flatMap((parts) =>
    [true, false].flatMap((callers) =>
      [true, false].flatMap((github) => REGIONS.map((region) => given(environments, parts, callers, github, region))),
    ),
  ),
);

type Row = readonly [environments: string, parts: string, callers: boolean, github: boolean, region: string];

const ROWS: readonly Row[] = [
  ['dev,staging,prod', '', false, true, 'europe-west4'],
  ['dev,staging,prod', 'gateway,endpoint,perimeter,registry', true, false, 'us-central1'],
  ['dev,staging', 'gateway', true, false, 'asia-northeast1'],
  ['prod', 'endpoint,perimeter,registry', false, true, 'asia-northeast1'],
  ['dev', 'endpoint', false, false, 'us-central1'],
  ['staging', 'gateway,perimeter,registry', true, true, 'europe-west4'],
  ['dev,prod', 'perimeter', false, true, 'us-central1'],
  ['dev,staging', 'gateway,endpoint,registry', false, false, 'europe-west4'],
  ['dev,staging,prod', 'gateway,endpoint', true, true, 'asia-northeast1'],
  // Beside the pairs: the only environment takes from nobody; a gateway inside the network and inside a perimeter.
  ['prod', 'gateway,registry', false, false, 'europe-west4'],
  ['staging,prod', 'gateway,endpoint,perimeter', false, true, 'europe-west4'],
];

/** A few of them, in which every pair of choices meets. */
export const COVERING: readonly Given[] = ROWS.map(([environments, parts, callers, github, region]) =>
  given(environments.split(','), parts === '' ? [] : parts.split(','), callers, github, region),
);

/** The choices of one, and every two of them together. */
export function pairsOf({ environments = '', parts = '', callers, github, region }: Given): string[] {
  const names = environments.split(',');
  const choices = [
    ...names,
    `${names.length} environments`,
    ...PARTS.map((part) => `${parts.split(',').includes(part) ? 'with' : 'without'} ${part}`),
    callers ? 'called from outside' : 'called from inside',
    github ? 'GitHub' : 'no GitHub',
    region ?? '',
  ];
  return choices.flatMap((one, index) => choices.slice(index + 1).map((other) => `${one} and ${other}`));
}

export const titleOf = ({ environments, parts, callers, github, region }: Given): string =>
  [environments, parts, callers ? 'called from outside' : 'called from inside', github ? 'GitHub' : 'no GitHub', region].join(' · ');
