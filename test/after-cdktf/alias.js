'use strict';

/**
 * node --require ./test/after-cdktf/alias.js main.ts
 *
 * Loads CDK Terrain wherever `cdktf` is asked for, and its `constructs`: what an alias in package.json does, without installing the providers
 * a second time. One class must not be there twice, so a process that has loaded anything of the other installation fails.
 */
const Module = require('node:module');
const { join, sep } = require('node:path');

const ROOT = join(__dirname, '../..');
const HERE = join(ROOT, 'node_modules/.cache/after-cdktf');
const NAMES = ['cdktf', 'constructs'];

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
  const aliased = NAMES.some((name) => request === name || request.startsWith(`${name}/`));
  return resolve.call(this, request, parent, isMain, aliased ? { ...options, paths: [HERE] } : options);
};

process.on('exit', () => {
  const others = NAMES.map((name) => join(ROOT, 'node_modules', name) + sep);
  const wrong = Object.keys(require.cache).find((file) => others.some((folder) => file.startsWith(folder)));
  if (wrong === undefined) return;
  process.stderr.write(`${wrong} was loaded beside CDK Terrain\n`);
  process.exitCode = 1;
});
