// @ts-check
'use strict';

const { Failure, Refusal } = require('./errors');
const { complain, say } = require('./output');

/** Who started this process. Terraform that is killed leaves its provisioners behind, and then another process is the parent. */
const PARENT = process.ppid;

/** To be asked before each write. */
function demandParent() {
  if (process.ppid !== PARENT) throw new Failure('Terraform is gone: stopping here, so that the next apply is the only one at work.');
}

/**
 * Runs a program from its arguments to its exit code: 0 done, 1 failed, 2 refused before anything was changed.
 * @param {{help: string, stopped: string, run: (args: string[]) => Promise<void>}} program
 */
async function runProgram({ help, stopped, run }) {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return say(help);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      say(stopped);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
  try {
    const unknown = args.find((arg) => arg !== '--dry-run');
    if (unknown) throw new Refusal(`Unknown argument ${unknown}. Allowed: --dry-run, --help.`);
    await run(args);
  } catch (error) {
    const expected = error instanceof Failure || error instanceof Refusal;
    complain(expected ? error.message : `Unexpected, please report: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = error instanceof Refusal ? 2 : 1;
  }
}

module.exports = { demandParent, runProgram };
