/**
 * The last lines of a test run: what was skipped and why, then one plain line with the counts.
 * A skipped test says what it needs in its title: `… [needs: reason]` (see requirements.ts).
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = new Map();
    for (const file of results.testResults) {
      for (const test of file.testResults) {
        if (test.status !== 'pending' && test.status !== 'todo') continue;
        const needs = /\[needs: (.+?)\]/.exec(test.fullName);
        const reason = needs ? needs[1] : 'no reason given';
        skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      }
    }
    // A file that does not even load runs no test, so it is counted here as one failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const lines = [...skipped].sort().map(([reason, count]) => `skipped ${count}: ${reason}`);
    lines.push(`${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests + results.numTodoTests} skipped`);
    // Jest prints its own summary after the reporters have run; ours has to be the very last.
    process.once('exit', () => process.stdout.write(`\n${lines.join('\n')}\n`));
  }
};
