import { createHash } from 'node:crypto';
import { at, type Change, type OutputChange, PlanError, type Plan } from '../plan';
import { differences, leavesOf, textOf } from './leaves';

/** What a plan would do with one thing, in hashes: enough to say that it is the same, or which attribute is not. */
export interface FingerprintedChange {
  /** Address of the resource, with the key of a deposed object; `output.NAME` of an output. */
  readonly address: string;
  /** In words of the report, with what is decided beside it: moved from where, replaced in which order. */
  readonly action: string;
  /** Hash of what stands at each path. No value, and nothing at all of a sensitive one. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the plan of a stack would do. Two plans with the same hash do the same. */
export interface StackFingerprint {
  readonly stack: string;
  readonly hash: string;
  readonly changes: readonly FingerprintedChange[];
}

/**
 * The fingerprint of a plan: actions, addresses, what is before and after, what is known only later, and what is sensitive; not when it was
 * made, nor in which order it lists things. Throws a PlanError where planning ended with an error: nobody can apply that.
 */
export function fingerprint(plan: Plan): StackFingerprint {
  if (plan.errored) throw new PlanError(plan.source, 'planning ended with an error; a part of a plan has no fingerprint.');
  const changes = [
    ...plan.changes.map(ofChange),
    ...plan.outputs.map(ofOutput),
    ...plan.invocations.map((address) => ({ address, action: 'invoke', attributes: {} })),
  ].sort((one, other) => compareText(one.address, other.address) || compareText(one.action, other.action));
  return { stack: plan.stack, hash: hashOf(JSON.stringify(changes), 64), changes };
}

function ofChange(change: Change): FingerprintedChange {
  const { address, deposed, action, actions, order, movedFrom, importing, deferred } = change;
  const words = [
    action === 'unknown' ? actions.join(' and ') : action,
    ...(order === undefined ? [] : [order]),
    ...(movedFrom === undefined ? [] : [`moved from ${movedFrom}`]),
    ...(importing === undefined ? [] : [`imports ${importing.id ?? 'by its identity'}`]),
    ...(deferred === undefined ? [] : [`deferred: ${deferred}`]),
  ];
  return {
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    action: words.join(', '),
    attributes: hashed(attributesOf(change)),
  };
}

const ofOutput = ({ name, action, before, after }: OutputChange): FingerprintedChange => ({
  address: `output.${name}`,
  action,
  attributes: hashed(differences(before, after)),
});

/** Of what goes there is no after: it is the same deletion as long as it is of the same object. */
function attributesOf({ action, before, after, replacePaths }: Change): Map<string, string> {
  switch (action) {
    case 'create':
    case 'read':
      return leavesOf(after);
    case 'delete':
    case 'forget':
      return new Map([...leavesOf(before)].filter(([path, leaf]) => !isOfTheService(path, leaf)));
    default:
      return new Map([
        ...differences(before, after),
        ...replacePaths.map((path) => [`forced by ${JSON.stringify(path)}`, ''] as const),
        // Its new id is known only later, so the differences do not tell which object goes.
        ...(action === 'replace' ? [['what is replaced', textOf(at(before, 'id') ?? null)] as const] : []),
      ]);
  }
}

const MOMENT = /^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"$/;

const COUNTED = /"(etag|fingerprint|[a-z_]+_fingerprint|generation|observed_generation|metageneration)"\]$/;

/** Moments and counters that a service keeps by itself, and moves whenever anybody looks. */
const isOfTheService = (path: string, leaf: string): boolean => MOMENT.test(leaf) || COUNTED.test(path);

const hashed = (leaves: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...leaves].sort(([one], [other]) => compareText(one, other)).map(([path, leaf]) => [path, hashOf(leaf, 16)]));

const hashOf = (text: string, digits: number): string => createHash('sha256').update(text).digest('hex').slice(0, digits);

/** By code units: a locale would sort differently from machine to machine. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
