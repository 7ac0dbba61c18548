import type { Change } from './workspace';

/** What stands at the end of a path in a plan. */
export interface Leaf {
  /** JSON text of a scalar or of an empty list or map; `unknown` for what is known after apply only. */
  readonly value: string;
  readonly sensitive: boolean;
}

export const UNKNOWN = 'unknown';

type Node = Record<string, unknown>;

/** Lists and maps alike, by index or key. */
const childrenOf = (value: unknown): Node => (value !== null && typeof value === 'object' ? (value as Node) : {});

/** Every leaf of a planned change, by dotted path. `after`, `after_unknown` and `after_sensitive` are three views of one tree. */
export function leavesOf(change: Change): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const walk = (path: string, value: unknown, unknown: unknown, sensitive: unknown): void => {
    if (unknown === true) {
      leaves.set(path, { value: UNKNOWN, sensitive: sensitive === true });
      return;
    }
    const keys = new Set([...Object.keys(childrenOf(value)), ...Object.keys(childrenOf(unknown))]);
    if (keys.size === 0) {
      leaves.set(path, { value: JSON.stringify(value ?? null), sensitive: sensitive === true });
      return;
    }
    for (const key of keys) {
      const inherited = sensitive === true ? true : childrenOf(sensitive)[key];
      walk(path === '' ? key : `${path}.${key}`, childrenOf(value)[key], childrenOf(unknown)[key], inherited);
    }
  };
  walk('', change.after, change.after_unknown, change.after_sensitive);
  return leaves;
}

export const LEAF_DIFFERENCES = ['known on one side only', 'null against empty', 'another value', 'sensitive on one side only'] as const;
export type LeafDifference = (typeof LEAF_DIFFERENCES)[number];

const EMPTY = new Set(['null', '""', 'false', '0', '[]', '{}']);

/** How two leaves differ; undefined when they do not. A path that one side lacks counts as null there. */
export function differenceOf(one: Leaf | undefined, other: Leaf | undefined): LeafDifference | undefined {
  const [first, second] = [one?.value ?? 'null', other?.value ?? 'null'];
  if (first !== second) {
    if (first === UNKNOWN || second === UNKNOWN) return 'known on one side only';
    return EMPTY.has(first) && EMPTY.has(second) ? 'null against empty' : 'another value';
  }
  return (one?.sensitive ?? false) === (other?.sensitive ?? false) ? undefined : 'sensitive on one side only';
}
