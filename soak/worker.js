// @ts-check
'use strict';

/**
 * A thread that runs the reconciler again and again, each time loaded anew with another environment: most of the time of a short run is the
 * start of Node and of its HTTP client. Whoever wants a run killed terminates the thread.
 */
const { parentPort, workerData } = require('node:worker_threads');

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const print = (/** @type {string} */ text) => {
  port.postMessage({ text });
  return true;
};
process.stdout.write = /** @type {any} */ (print);
process.stderr.write = /** @type {any} */ (print);

port.on('message', async (/** @type {NodeJS.ProcessEnv} */ env) => {
  for (const file of Object.keys(require.cache)) if (file.startsWith(workerData.folder)) delete require.cache[file];
  process.env = env;
  process.exitCode = 0;
  await require(workerData.script).finished;
  port.postMessage({ code: process.exitCode });
});
