// @ts-check
'use strict';

const { Refusal, messageOf } = require('../../../../vertex-endpoint/reconciler/script/errors');
const { client } = require('../../../../vertex-endpoint/reconciler/script/http');

const POLL_SECONDS = 5;

/** @typedef {import('../../../../vertex-endpoint/reconciler/script/http').Client} Client */

/** The API that a step calls. @param {string} base ending in a slash @param {string | undefined} billingProject project whose quota is used */
const connect = (base, billingProject) => client(base, { billingProject, settings: 'GW', pollSeconds: POLL_SECONDS });

/** What the variable GW_STEP asks for. @param {Readonly<Record<string, RegExp>>} fields each must match @returns {any} */
function stepOf(fields) {
  const text = process.env.GW_STEP;
  if (!text) throw new Refusal('GW_STEP is not set. It holds what to do, as JSON (see --help).');
  let step;
  try {
    step = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`GW_STEP is not JSON: ${messageOf(error)}`);
  }
  const problems = Object.entries(fields)
    .filter(([field, pattern]) => !pattern.test(String(step?.[field] ?? '')))
    .map(([field, pattern]) => `  - ${field} is ${JSON.stringify(step?.[field])}; it must match ${pattern}`);
  if (problems.length > 0) throw new Refusal(`GW_STEP is wrong:\n${problems.join('\n')}`);
  return step;
}

module.exports = { connect, stepOf };
