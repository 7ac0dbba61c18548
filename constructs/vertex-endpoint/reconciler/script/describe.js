// @ts-check
'use strict';

const { keyOf } = require('./plan');

/** @typedef {import('./plan').Split} Split */

/** @param {Split} split @param {Record<string, string>} names @returns {string} */
function describeSplit(split, names) {
  const shares = Object.entries(split).map(([id, share]) => `${names[id] ?? id} ${share} %`);
  return shares.join(', ') || 'nothing';
}

/** @param {import('./plan').LiveModel} model */
const nameOf = (model) => `${keyOf(model)} (${model.id})`;

/** What a step does, in one line. @param {import('./plan').Step} step @returns {string} */
function describe(step) {
  switch (step.do) {
    case 'split':
      return `traffic to ${describeSplit(step.to, step.names)}${Object.keys(step.to).length > 0 ? '' : ': the endpoint stops serving'}`;
    case 'undeploy':
      return `undeploy ${nameOf(step.model)}`;
    case 'mutate':
      return `change ${nameOf(step.model)}: ${step.fields.map((path) => path.replace('dedicatedResources.', '')).join(', ')}`;
    case 'deploy': {
      const { machineSpec, minReplicaCount: min, maxReplicaCount: max, spot } = step.model.dedicatedResources;
      const accelerators = machineSpec.acceleratorType ? ` with ${machineSpec.acceleratorCount} × ${machineSpec.acceleratorType}` : '';
      return `deploy ${nameOf(step.model)}: ${step.model.model} on ${min}–${max} × ${spot ? 'spot ' : ''}${machineSpec.machineType}${accelerators}`;
    }
  }
}

module.exports = { describe, describeSplit, nameOf };
