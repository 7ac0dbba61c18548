// @ts-check
'use strict';

/**
 * From what is to what shall be: pure, so that --dry-run prints exactly what a run does.
 *
 * Why the order is safe: a model gets traffic only after its deploy has ended well, and loses its machines only after its traffic has moved.
 * So after any prefix of the steps the split names models that serve.
 */

const { Refusal } = require('./errors');
const { isOurs } = require('./spec');

/** @typedef {import('../spec').Spec} Spec */
/** @typedef {import('../spec').ReconcileSpec} ReconcileSpec */
/** @typedef {import('../spec').DeployedModel} DeployedModel */
/** @typedef {Record<string, number>} Split */
/** @typedef {DeployedModel & {status?: {message?: string, availableReplicaCount?: number}}} LiveModel */
/** @typedef {{deployedModels?: LiveModel[], trafficSplit?: Split}} Endpoint */
/**
 * @typedef {{do: 'deploy', model: DeployedModel} | {do: 'mutate', model: DeployedModel, fields: string[]}
 *   | {do: 'split', to: Split, names: Record<string, string>} | {do: 'undeploy', model: LiveModel}} Step
 */

/** @param {LiveModel} model */
const keyOf = (model) => (isOurs(model) ? model.displayName.slice(0, -model.id.length - 1) : model.displayName || model.id);
/** @param {Split | undefined} split @returns {Split} */
const withoutZeros = (split) => Object.fromEntries(Object.entries(split ?? {}).filter(([, share]) => share > 0));
/** @param {Split} a @param {Split} b */
const same = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** The endpoint as it will be after the steps so far. */
class Draft {
  /** @param {Spec} spec @param {Endpoint} endpoint */
  constructor(spec, endpoint) {
    /** @type {Step[]} */
    this.steps = [];
    this.split = withoutZeros(endpoint.trafficSplit);
    this.live = new Map((endpoint.deployedModels ?? []).map((model) => [model.id, model]));
    this.wanted = new Map((spec.mode === 'reconcile' ? spec.models : []).map((model) => [model.id, model]));
    this.names = Object.fromEntries([...this.live.values(), ...this.wanted.values()].map((model) => [model.id, keyOf(model)]));
    this.mayTouch = (/** @type {LiveModel} */ model) => spec.adopt === true || isOurs(model);
  }

  missing() {
    return [...this.wanted.values()].filter((model) => !this.live.has(model.id));
  }

  retiring() {
    return [...this.live.values()].filter((model) => !this.wanted.has(model.id) && this.mayTouch(model));
  }

  /** @param {LiveModel} model */
  share(model) {
    return this.split[model.id] ?? 0;
  }

  /** @param {DeployedModel} model */
  deploy(model) {
    this.steps.push({ do: 'deploy', model });
    this.live.set(model.id, model);
  }

  /** @param {LiveModel} model */
  undeploy(model) {
    this.steps.push({ do: 'undeploy', model });
    this.live.delete(model.id);
  }

  /** @param {Split} to */
  moveTraffic(to) {
    if (!same(this.split, to)) this.steps.push({ do: 'split', to, names: this.names });
    this.split = to;
  }
}

/** The steps from this endpoint to this spec, in order. @param {Spec} spec @param {Endpoint} endpoint @returns {Step[]} */
function plan(spec, endpoint) {
  const draft = new Draft(spec, endpoint);
  if (spec.mode === 'clear') return clear(spec.endpoint, draft);
  if (spec.rollout === 'recreate') makeRoom(spec, draft);
  draft.missing().forEach((model) => draft.deploy(model));
  const changes = [...draft.wanted.values()].flatMap((model) => {
    const live = draft.live.get(model.id) ?? model;
    const fields = differences(model, live);
    return fields.length > 0 ? [{ shrinks: shrinks(model, live), step: /** @type {Step} */ ({ do: 'mutate', model, fields }) }] : [];
  });
  // More machines before the traffic comes, fewer after it has gone.
  draft.steps.push(...changes.filter((change) => !change.shrinks).map((change) => change.step));
  if (spec.traffic) draft.moveTraffic(withoutZeros(spec.traffic));
  draft.steps.push(...changes.filter((change) => change.shrinks).map((change) => change.step));
  draft.retiring().forEach((model) => draft.undeploy(model));
  return draft.steps;
}

/** @param {string} endpoint @param {Draft} draft */
function clear(endpoint, draft) {
  const foreign = [...draft.live.values()].filter((model) => !draft.mayTouch(model));
  if (foreign.length > 0)
    throw new Refusal(
      `${endpoint} still holds ${foreign.map((model) => `${keyOf(model)} (${model.id})`).join(', ')}, deployed by somebody else. ` +
        'Nothing was changed. Undeploy what is there by hand, or set adopt.',
    );
  draft.moveTraffic({});
  draft.retiring().forEach((model) => draft.undeploy(model));
  return draft.steps;
}

/**
 * Rollout "recreate": frees the machines of what goes before it deploys what comes, one model after the other, the least loaded first.
 * Whatever it leaves undone (nobody could stand in yet, and nothing must be freed for it) the steps common to both rollouts do.
 * @param {ReconcileSpec} spec @param {Draft} draft
 */
function makeRoom(spec, draft) {
  const heirOf = (/** @type {LiveModel} */ model) => draft.missing().find((heir) => keyOf(heir) === keyOf(model));
  const retire = (/** @type {LiveModel} */ model) => {
    const serves = !spec.traffic || draft.share(model) > 0;
    const others = spec.traffic ? standIns(spec, draft, model) : [];
    if (serves && others.length === 0 && !spec.allowOutage) throw new Refusal(outage(spec, model));
    if (spec.traffic && serves) draft.moveTraffic(toHundred(others));
    draft.undeploy(model);
  };

  const leaving = draft.retiring().sort((a, b) => draft.share(a) - draft.share(b));
  const replaced = leaving.filter((model) => heirOf(model));
  const heirs = new Set(replaced.map(heirOf));
  for (const model of leaving) {
    if (!replaced.includes(model) && (draft.share(model) === 0 || standIns(spec, draft, model).length > 0)) retire(model);
  }
  if (spec.traffic) draft.missing().filter((model) => !heirs.has(model)).forEach((model) => draft.deploy(model)); // prettier-ignore
  for (const model of replaced) {
    const heir = heirOf(model);
    retire(model);
    if (heir) draft.deploy(heir);
  }
}

/** @param {ReconcileSpec} spec @param {LiveModel} model */
function outage({ endpoint, traffic }, model) {
  const [why, ways] = traffic
    ? [
        'no other model can take its traffic meanwhile',
        'Use rollout "surge" (needs machines for both), add a second model first, or set allowOutage.',
      ]
    : ['it holds one model at a time', 'Set allowOutage, or serve the next model on a second endpoint and move its callers.'];
  return `Replacing ${keyOf(model)} (${model.id}) with rollout "recreate" would stop ${endpoint}: ${why}. Nothing was changed. ${ways}`;
}

/**
 * Who serves while this model is away, with shares in proportion: those who serve now, else those who shall, else any other model of ours.
 * @param {ReconcileSpec} spec @param {Draft} draft @param {LiveModel} model @returns {[string, number][]}
 */
function standIns(spec, draft, model) {
  const stays = (/** @type {string} */ id) => id !== model.id && draft.live.has(id);
  for (const split of [draft.split, withoutZeros(spec.traffic)]) {
    const shares = Object.entries(split).filter(([id]) => stays(id));
    if (shares.length > 0) return shares;
  }
  const other = [...draft.live.values()].find((candidate) => stays(candidate.id) && draft.mayTouch(candidate));
  return other ? [[other.id, 100]] : [];
}

/** Scales shares to whole per cent that sum to 100 (largest remainders). @param {[string, number][]} shares @returns {Split} */
function toHundred(shares) {
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  const scaled = shares.map(([id, share]) => ({ id, floor: Math.floor((share * 100) / total), rest: (share * 100) % total }));
  let left = shares.length > 0 ? 100 - scaled.reduce((sum, { floor }) => sum + floor, 0) : 0;
  for (const entry of [...scaled].sort((a, b) => b.rest - a.rest)) {
    if (left-- > 0) entry.floor += 1;
  }
  return withoutZeros(Object.fromEntries(scaled.map(({ id, floor }) => [id, floor])));
}

/** Update-mask paths of what differs and can change in place. @param {DeployedModel} wanted @param {LiveModel} live */
function differences(wanted, live) {
  const [shall, is] = [wanted, live].map((/** @type {LiveModel} */ model) => {
    const { minReplicaCount: min, maxReplicaCount: max = min, requiredReplicaCount: required = min } = model.dedicatedResources ?? {};
    const targets = (model.dedicatedResources?.autoscalingMetricSpecs ?? []).map(({ metricName, target }) => [metricName, target]);
    return Object.entries({
      'dedicatedResources.minReplicaCount': min,
      'dedicatedResources.maxReplicaCount': max,
      'dedicatedResources.requiredReplicaCount': required,
      'dedicatedResources.autoscalingMetricSpecs': JSON.stringify(targets.sort()),
      disableContainerLogging: model.disableContainerLogging ?? false,
    });
  });
  return (shall ?? []).flatMap(([path, value], index) => (value === is?.[index]?.[1] ? [] : [path]));
}

/** Fewer machines at the peak, or as many and fewer at rest. @param {DeployedModel} wanted @param {LiveModel} live */
function shrinks(wanted, live) {
  const { minReplicaCount: min, maxReplicaCount: max } = wanted.dedicatedResources;
  const { minReplicaCount: liveMin = min, maxReplicaCount: liveMax = liveMin } = live.dedicatedResources ?? {};
  return max < liveMax || (max === liveMax && min < liveMin);
}

module.exports = { plan, keyOf, withoutZeros, toHundred };
