import { type LabelMerge } from '../schema/types';
import { isBlank, isObject, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from './values';
import { type Settings } from './settings';

const ATTRIBUTION = { 'goog-terraform-provisioned': 'true' };

const entriesOf = (value: Value | undefined): ObjectValue => (isObject(value) ? value : {});
const same = (a: ObjectValue, b: ObjectValue) =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value);

/**
 * Plans labels, annotations or tags: what is merged from the provider's defaults, and what the service will have in the end. Where that is
 * nothing, a create learns so only when it is applied.
 */
export function planLabels(merge: LabelMerge, planned: ObjectValue, prior: ObjectValue | null, settings: Settings): ObjectValue {
  const given = planned[merge.given] ?? null;
  const defaults = defaultsOf(merge, settings);
  const labels = isWhollyKnown(given) && isWhollyKnown(defaults) ? mergeLabels(merge, given, prior, settings) : undefined;
  if (labels === undefined || (prior === null && isBlank(labels[merge.effective]))) return withMerged(merge, UNKNOWN, UNKNOWN);
  return labels;
}

/** What applying makes of labels that the plan left unknown: by then everything is known. */
export function applyLabels(merge: LabelMerge, planned: ObjectValue, prior: ObjectValue | null, settings: Settings): ObjectValue {
  if (isWhollyKnown(planned[merge.effective] ?? null)) return {};
  return mergeLabels(merge, planned[merge.given] ?? null, prior, settings);
}

const defaultsOf = (merge: LabelMerge, settings: Settings) => (merge.defaults === undefined ? {} : settings.defaults[merge.defaults]);

const withMerged = (merge: LabelMerge, effective: Value, merged: Value): ObjectValue => ({
  [merge.effective]: effective,
  ...(merge.merged !== undefined && { [merge.merged]: merged }),
});

function mergeLabels(merge: LabelMerge, given: Value, prior: ObjectValue | null, settings: Settings): ObjectValue {
  const wanted = {
    ...entriesOf(defaultsOf(merge, settings)),
    ...(attributed(merge, prior, settings) ? ATTRIBUTION : {}),
    ...entriesOf(given),
  };
  return withMerged(merge, prior === null ? wanted : effectiveOnUpdate(merge, prior, wanted), wanted);
}

function attributed(merge: LabelMerge, prior: ObjectValue | null, { attribution }: Settings): boolean {
  if (merge.merged === undefined || merge.attribution === false) return false;
  if (prior === null) return attribution.onCreate;
  return attribution.onUpdate || 'goog-terraform-provisioned' in entriesOf(prior[merge.effective]);
}

/** Labels that others put on the object stay; ours that are gone from the configuration go. */
function effectiveOnUpdate(merge: LabelMerge, prior: ObjectValue, wanted: ObjectValue): ObjectValue {
  // AWS's tags_all is the provider's defaults and the tags, nothing else.
  if (merge.merged === undefined && merge.defaults !== undefined) return wanted;
  const before = entriesOf(prior[merge.effective]);
  const managed = entriesOf(prior[merge.merged ?? merge.given]);
  if (same(managed, wanted)) return before;
  const others = Object.entries(before).filter(([key]) => !(key in managed));
  return { ...Object.fromEntries(others), ...wanted };
}

/** What a read says of labels: the effective ones are the service's; of the others only those that are managed here, with their present values. */
export function readLabels(merge: LabelMerge, stored: ObjectValue, prior: ObjectValue): ObjectValue {
  const effective = entriesOf(stored[merge.effective]);
  const managed = (name: string): Value => {
    const before = prior[name];
    if (!isObject(before)) return before ?? null;
    return Object.fromEntries(Object.entries(effective).filter(([key]) => key in before));
  };
  return {
    [merge.effective]: effective,
    [merge.given]: managed(merge.given),
    ...(merge.merged !== undefined && { [merge.merged]: managed(merge.merged) }),
  };
}
