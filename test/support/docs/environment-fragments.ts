import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkFiles } from '../../../configuration';
import { environmentSchema } from '../../../configuration/schema';
import { withFiles } from '../files';
import { ROOT } from './pages';

type Map = Record<string, unknown>;

const KEYS = Object.keys(environmentSchema.shape);
const NAMES = ['dev', 'staging', 'prod'];
const read = (name: string): string => readFileSync(join(ROOT, 'environments', `${name}.yaml`), 'utf8');
const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A part of an environment file, or a whole one: it has at least one of its keys at the top. */
export const isFragment = (value: unknown): value is Map => isMap(value) && Object.keys(value).some((key) => KEYS.includes(key));

/** As a person would write the part into a file that is there: maps are joined, all else is replaced. */
function joined(file: Map, part: Map): Map {
  const both = Object.entries(part).map(([key, value]) => {
    const there = file[key];
    return [key, isMap(there) && isMap(value) ? joined(there, value) : value] as const;
  });
  return { ...file, ...Object.fromEntries(both) };
}

/**
 * What is wrong with a part of an environment file. It has to be right in one of the environments of this repository, or by itself;
 * else the shortest list of problems is given.
 */
export function fragmentProblems(part: Map): string[] {
  const attempts = [{}, ...NAMES.map((name) => parse(read(name)) as Map)].map((file) =>
    withFiles({ 'shared.yaml': read('shared'), 'dev.yaml': JSON.stringify(joined(file, part)) }, (directory) =>
      checkFiles([join(directory, 'dev.yaml')]).problems.map(({ path, message, help }) => `${path}: ${message} ${help ?? ''}`.trim()),
    ),
  );
  return attempts.reduce((best, each) => (each.length < best.length ? each : best));
}
