const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Everything that a test run leaves in the temporary directory (CDKTF makes one for each app and removes none) goes into one, which is
 * removed at the end. The name is short: paths of unix sockets are limited to about 100 characters.
 */
module.exports = () => {
  const directory = mkdtempSync(join(tmpdir(), 't-'));
  process.env.TMPDIR = directory;
  globalThis.__temporaryDirectory = directory;
};

module.exports.remove = () => rmSync(globalThis.__temporaryDirectory, { recursive: true, force: true });
