// @ts-check
'use strict';

const { Refusal, messageOf } = require('./errors');

/**
 * What the variable VX_SPEC asks for.
 * @param {string | undefined} text @param {string} what it holds, for people @param {(spec: any) => string[]} problemsOf
 * @returns {any}
 */
function specOf(text, what, problemsOf) {
  if (!text) throw new Refusal(`VX_SPEC is not set. It holds ${what}, as JSON (see --help).`);
  let spec;
  try {
    spec = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`VX_SPEC is not JSON: ${messageOf(error)}`);
  }
  const problems = typeof spec === 'object' && spec !== null ? problemsOf(spec) : ['it must be an object'];
  if (problems.length > 0) throw new Refusal(`VX_SPEC is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  return spec;
}

/** @param {any} spec @param {readonly string[]} allowed */
function problemsOfNames(spec, allowed) {
  const unknown = Object.keys(spec).filter((key) => !allowed.includes(key));
  const problems = unknown.map((key) => `unknown field "${key}"; allowed: ${allowed.join(', ')}`);
  if (!/^projects\/[^/]+\/locations\/[^/]+\/endpoints\/[^/]+$/.test(spec.endpoint ?? ''))
    problems.push(`endpoint is ${JSON.stringify(spec.endpoint)}; it must be projects/P/locations/R/endpoints/ID`);
  return problems;
}

module.exports = { specOf, problemsOfNames };
