import { type Block, type Relation } from '../schema/types';
import { type Diagnostic, failure, type Path, textOf } from './diagnostics';
import { valuesAt } from './paths';
import { isList, isObject, isUnknown, type ObjectValue, type Value } from './values';

/** A block that holds all paths of a relation, and where it is. */
interface Parent {
  readonly value: ObjectValue;
  readonly at: Path;
}

/**
 * Holds one relation against a configuration: in each block that its paths have in common. It asks nothing where the block that holds its
 * first path is absent.
 */
export function relationProblems(block: Block, { rule, paths, unless = {} }: Relation, config: ObjectValue): Diagnostic[] {
  const exempt = ([path, value]: [string, Value]) => valuesAt(config, path).some((given) => isUnknown(given) || given === value);
  if (Object.entries(unless).some(exempt)) return [];
  const split = paths.map((path) => path.split('.'));
  const depth = commonDepth(split);
  const common = split[0]?.slice(0, depth) ?? [];
  const relative = split.map((path) => path.slice(depth));
  const holder = relative[0]?.slice(0, -1) ?? [];
  return parentsOf(block, { value: config, at: [] }, common).flatMap((parent) => {
    if (holder.length > 0 && presenceOf(parent.value, holder) !== 'set') return [];
    const problem = CHECKS[rule](stateOf(parent, relative));
    return problem === undefined ? [] : [failure(problem.summary, problem.detail, [...parent.at, relative[problem.index ?? 0]?.[0] ?? ''])];
  });
}

/** The steps that all paths share; the last step of a path is never shared. */
function commonDepth(paths: readonly (readonly string[])[]): number {
  const longest = Math.min(...paths.map((path) => path.length - 1));
  let depth = 0;
  while (depth < longest && paths.every((path) => path[depth] === paths[0]?.[depth])) depth += 1;
  return depth;
}

function parentsOf(block: Block, parent: Parent, steps: readonly string[]): Parent[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [parent];
  const nested = block.blocks[step];
  const value = parent.value[step] ?? null;
  if (nested === undefined) return [];
  const at = [...parent.at, step];
  const inner = isList(value)
    ? value.map((element, index) => ({ value: element, at: nested.nesting === 'list' ? [...at, index] : at }))
    : [{ value, at }];
  return inner.flatMap(({ value: element, at: place }) =>
    isObject(element) ? parentsOf(nested.block, { value: element, at: place }, rest) : [],
  );
}

interface State {
  /** Names as a person would write them. */
  readonly names: readonly string[];
  readonly set: readonly boolean[];
  readonly unknown: boolean;
}

function stateOf(parent: Parent, relative: readonly (readonly string[])[]): State {
  const presence = relative.map((steps) => presenceOf(parent.value, steps));
  return {
    names: relative.map((steps) => textOf([...parent.at, ...steps])),
    set: presence.map((one) => one === 'set'),
    unknown: presence.includes('unknown'),
  };
}

function presenceOf(value: Value, steps: readonly string[]): 'set' | 'absent' | 'unknown' {
  if (isUnknown(value)) return 'unknown';
  const [step, ...rest] = steps;
  if (step === undefined) return value === null || (isList(value) && value.length === 0) ? 'absent' : 'set';
  const elements = isList(value) ? value : [value];
  const inner = elements.map((element) =>
    isUnknown(element) ? 'unknown' : isObject(element) ? presenceOf(element[step] ?? null, rest) : 'absent',
  );
  return inner.includes('set') ? 'set' : inner.includes('unknown') ? 'unknown' : 'absent';
}

interface Problem {
  readonly summary: string;
  readonly detail: string;
  readonly index?: number;
}

const CHECKS: Readonly<Record<Relation['rule'], (state: State) => Problem | undefined>> = {
  conflictsWith({ names, set }) {
    const others = names.filter((_, index) => index > 0 && set[index]);
    if (!set[0] || others.length === 0) return undefined;
    return {
      summary: 'Conflicting arguments',
      detail: `${names[0]} cannot be set together with ${others.join(', ')}. Remove one of them.`,
    };
  },
  requiredWith({ names, set, unknown }) {
    const missing = names.filter((_, index) => index > 0 && !set[index]);
    if (!set[0] || unknown || missing.length === 0) return undefined;
    return { summary: 'Missing argument', detail: `${names[0]} needs ${missing.join(', ')} as well.` };
  },
  exactlyOneOf({ names, set, unknown }) {
    const given = names.filter((_, index) => set[index]);
    if (given.length === 1 || (given.length === 0 && unknown)) return undefined;
    const detail = given.length === 0 ? 'none of them is set.' : `${given.join(' and ')} are set.`;
    return {
      summary: 'Exactly one argument is needed',
      detail: `Exactly one of ${names.join(', ')} must be set; ${detail}`,
      index: set.indexOf(true) < 0 ? 0 : set.lastIndexOf(true),
    };
  },
  atLeastOneOf({ names, set, unknown }) {
    if (unknown || set.includes(true)) return undefined;
    return { summary: 'An argument is missing', detail: `At least one of ${names.join(', ')} must be set; none is.` };
  },
};
