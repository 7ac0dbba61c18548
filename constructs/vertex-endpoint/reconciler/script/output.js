// @ts-check
'use strict';

/** Every access token that was used; none of them ever leaves the process. @type {Set<string>} */
const secrets = new Set();

/** @param {string} text */
const redacted = (text) => [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '[token]'), text);

/** @param {string} text */
const say = (text) => void process.stdout.write(`${redacted(text)}\n`);

/** @param {string} text */
const complain = (text) => void process.stderr.write(`${redacted(text)}\n`);

module.exports = { secrets, say, complain };
