import { type Value } from '../plan';

const VERSION = /(?:^|\.)([A-Za-z0-9_]+?)_wo_version$/;

/** What a new version number beside a write-only argument means: the argument itself is in no plan. */
export function rotationOf(path: string, before: Value | undefined, after: Value | undefined): string | undefined {
  const argument = VERSION.exec(path)?.[1];
  if (argument === undefined || typeof after !== 'number') return undefined;
  const name = argument.replaceAll('_', ' ');
  // 0 is what the provider says where the argument is not used.
  if (typeof before !== 'number' || before === 0) return after === 0 ? undefined : `${name} is written: version ${after}`;
  return `${name} rotates: version ${before} → ${after}`;
}
