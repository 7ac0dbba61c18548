// @ts-check
'use strict';

const { Refusal } = require('./errors');

/** Where a token may travel without TLS: it does not leave the machine. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A number of seconds from the environment, in milliseconds. @param {string} name @param {number} fallback seconds */
function milliseconds(name, fallback) {
  const text = process.env[name];
  const seconds = text ? Number(text) : fallback;
  if (!(seconds >= 0 && seconds <= 3600)) throw new Refusal(`${name} is ${JSON.stringify(text)}; it must be seconds, 0 to 3600.`);
  return seconds * 1000;
}

/**
 * The base of an API, ending in a slash. As the Terraform provider takes it: with the version of the API, and {{region}} for the region.
 * @param {string} name variable that overrides it @param {string} fallback @param {string} region
 */
function baseOf(name, fallback, region) {
  const text = process.env[name] || fallback;
  const base = `${text.replaceAll('{{region}}', region).replace(/\/+$/, '')}/`;
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))) return base;
  throw new Refusal(
    `${name} is ${JSON.stringify(text)}; it must be the https:// base of the API with its version, e.g. ${fallback} ` +
      '(http:// only on this machine: a token goes with every call).',
  );
}

module.exports = { baseOf, milliseconds };
