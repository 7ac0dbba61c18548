// @ts-check
'use strict';

const { problemsOfNames, specOf } = require('./variable');

/** Ours is what carries its own id in its name. @param {{id: string, displayName?: string}} model */
const isOurs = ({ id, displayName = '' }) => displayName.length > id.length + 1 && displayName.endsWith(`-${id}`);

/** @param {string | undefined} text the variable VX_SPEC @returns {import('../spec').Spec} */
const readSpec = (text) => specOf(text, 'what the endpoint shall look like', problemsOf);

/** @param {any} spec @returns {string[]} */
function problemsOf(spec) {
  if (spec.mode !== 'reconcile' && spec.mode !== 'clear') return [`mode is ${JSON.stringify(spec.mode)}; allowed: "reconcile", "clear"`];
  const allowed = ['mode', 'endpoint', 'adopt', 'billingProject', 'revision'];
  if (spec.mode === 'reconcile') allowed.push('models', 'traffic', 'rollout', 'allowOutage');
  const problems = problemsOfNames(spec, allowed);
  return spec.mode === 'clear' ? problems : [...problems, ...problemsOfModels(spec), ...problemsOfTraffic(spec)];
}

/** @param {any} spec @returns {string[]} */
function problemsOfModels({ models, rollout }) {
  const problems = [];
  if (rollout !== 'surge' && rollout !== 'recreate') problems.push(`rollout is ${JSON.stringify(rollout)}; allowed: "surge", "recreate"`);
  if (!Array.isArray(models) || models.length === 0)
    return [...problems, 'models must list at least one model (mode "clear" empties an endpoint)'];
  for (const model of models) {
    const { id, displayName, dedicatedResources } = model ?? {};
    if (!/^[1-9]\d{0,9}$/.test(id ?? '')) problems.push(`model id ${JSON.stringify(id)} must be 1 to 10 digits, the first not 0`);
    else if (!isOurs(model)) problems.push(`model ${id}: displayName ${JSON.stringify(displayName)} must be KEY-${id}`);
    if (!dedicatedResources?.machineSpec?.machineType) problems.push(`model ${id}: dedicatedResources.machineSpec.machineType is missing`);
  }
  if (new Set(models.map((model) => model?.id)).size < models.length) problems.push('two models have the same id');
  return problems;
}

/** @param {any} spec @returns {string[]} */
function problemsOfTraffic({ models, traffic, rollout }) {
  const ids = Array.isArray(models) ? models.map((model) => model?.id) : [];
  if (traffic === undefined || traffic === null) {
    const problems = ids.length > 1 ? ['an endpoint without a traffic split holds exactly one model'] : [];
    if (rollout === 'surge') problems.push('an endpoint without a traffic split holds one model at a time: rollout must be "recreate"');
    return problems;
  }
  const shares = Object.values(traffic ?? {});
  const strangers = Object.keys(traffic ?? {}).filter((id) => !ids.includes(id));
  const problems = strangers.map((id) => `traffic names ${id}, which is not among the models`);
  if (shares.some((share) => !Number.isInteger(share) || share < 0)) problems.push('traffic must be in whole per cent, 0 to 100');
  const sum = shares.reduce((total, share) => total + Number(share), 0);
  return sum === 100 ? problems : [...problems, `traffic sums to ${sum}; it must be 100`];
}

module.exports = { readSpec, isOurs };
