// Finds the fingerprint of the plan that was reviewed of exactly these files.
//
//   node reviewed-plan.mjs ENVIRONMENT TREE
//
// TREE is `git rev-parse HEAD^{tree}`: merging and squashing make new commits of the same files. Writes `run` and `artifact` to GITHUB_OUTPUT.
import { appendFileSync } from 'node:fs';
import { all, get, repository, required, script, Told } from './github.mjs';

const WORKFLOW = '.github/workflows/plan.yml';

await script(async ([environment, tree]) => {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(environment ?? '')) throw new Told('Usage: node reviewed-plan.mjs ENVIRONMENT TREE');
  if (!/^[0-9a-f]{40,64}$/.test(tree ?? '')) throw new Told(`${tree} is no tree of git.`);
  const name = `fingerprint-${environment}-${tree}`;
  const candidates = [];
  for await (const each of all(`/repos/${repository()}/actions/artifacts?name=${name}`, ({ artifacts }) => artifacts)) {
    const run = each.workflow_run;
    // Runs of forks make artifacts of any name in this repository too.
    if (each.name === name && !each.expired && run && run.head_repository_id === run.repository_id) candidates.push(each);
  }
  candidates.sort((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at));
  for (const { id, workflow_run } of candidates) {
    const run = await get(`/repos/${repository()}/actions/runs/${workflow_run.id}`);
    if (!isPlan(run) || !(await isOf(run, tree))) continue;
    appendFileSync(required('GITHUB_OUTPUT'), `run=${run.id}\nartifact=${id}\n`);
    console.log(`Reviewed: ${run.html_url}`);
    return;
  }
  throw new Told(
    `Nobody has reviewed a plan of ${environment} for these files (tree ${tree}). The branch was behind when it was merged, came from a fork, ` +
      'or the plan is too old. Run the workflow "Plan" on this branch, read its report, and run "Apply" again.',
  );
});

/**
 * The name of an artifact is whatever the workflow says, and a branch may have changed that workflow. What GitHub knows is the commit that it ran
 * for: if its files are these, so is the workflow, and it was reviewed with them.
 */
async function isOf({ head_sha }, tree) {
  const commit = await get(`/repos/${repository()}/git/commits/${head_sha}`);
  return commit.tree.sha === tree;
}

/** Any workflow of this repository may upload an artifact; a plan is only what the workflow of plans has made, to its end. */
function isPlan({ path, conclusion, event }) {
  return path?.split('@')[0] === WORKFLOW && conclusion === 'success' && ['pull_request', 'workflow_dispatch'].includes(event);
}
