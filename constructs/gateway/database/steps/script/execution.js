// @ts-check
'use strict';

/**
 * An execution as the API writes it (run.googleapis.com v2, revision 20261031).
 * @typedef {{
 *   name: string, labels?: Record<string, string>, logUri?: string, completionTime?: string, taskCount?: number, succeededCount?: number,
 *   cancelledCount?: number, conditions?: {type?: string, state?: string, message?: string}[],
 * }} Execution
 */

/** @param {Execution} execution */
const isRunning = ({ completionTime }) => !completionTime;

/** @param {Execution} execution */
const hasSucceeded = (execution) => !isRunning(execution) && (execution.succeededCount ?? 0) >= (execution.taskCount ?? 1);

/** @param {Execution} execution */
function whyItFailed({ conditions = [], cancelledCount }) {
  const completed = conditions.find(({ type }) => type === 'Completed');
  if (completed?.message) return completed.message;
  return cancelledCount ? 'somebody cancelled it.' : 'the service does not say why.';
}

/** @param {Execution} execution */
const describe = ({ name }) => `execution ${name.split('/').pop()}`;

module.exports = { describe, hasSucceeded, isRunning, whyItFailed };
