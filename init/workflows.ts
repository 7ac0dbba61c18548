import { isMap, isSeq, parseDocument, type Document, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Choices } from './choices';
import { ownFile } from './package-root';
import { NODE } from './project-files';
import type { RepositoryFile } from './repository-file';

/** The workflows of this repository, made for another one: there is no second copy that could be forgotten. */

const WITHOUT_IDENTITY = ['check.yml', 'review.yml', 'review-comment.yml'];
const WITH_IDENTITY = ['plan.yml', 'apply.yml', 'drift.yml'];

/** What each workflow runs, directly and through another script. */
const SCRIPTS_OF: Readonly<Record<string, readonly string[]>> = {
  'review.yml': ['review.sh', 'no-report.sh'],
  'review-comment.yml': ['comment.mjs', 'github.mjs', 'report-text.mjs'],
  'plan.yml': ['plan.sh', 'stacks.mjs', 'no-report.sh', 'comment.mjs', 'github.mjs', 'report-text.mjs'],
  'apply.yml': ['plan.sh', 'apply.sh', 'stacks.mjs', 'with-variables.mjs', 'reviewed-plan.mjs', 'github.mjs'],
  'drift.yml': ['plan.sh', 'stacks.mjs', 'drift-issue.mjs', 'github.mjs', 'report-text.mjs'],
};

/** What a change is held to before anybody looks at it. */
const CHECKS = [
  'npm ci --no-audit --no-fund',
  'npm run --silent check',
  'npm run --silent typecheck',
  'npm run --silent synth',
  'npm run --silent policy',
];

type Edit = (workflow: Document, environments: readonly string[]) => void;

/** The document, changed in place; comments and blank lines stay. */
const EDITS: Readonly<Record<string, Edit>> = {
  'check.yml': (workflow) => {
    const [first] = (workflow.contents as YAMLMap<Scalar>).items;
    first!.key.commentBefore = ' What everybody runs before a pull request too. On those of forks as well, so it holds no credentials.';
    for (const left of ['strategy', 'name', 'timeout-minutes']) workflow.deleteIn(['jobs', 'test', left]);
    const job = workflow.getIn(['jobs', 'test']) as YAMLMap;
    job.items.unshift(workflow.createPair('name', 'Check'), workflow.createPair('timeout-minutes', 15));
    const steps = job.get('steps') as YAMLSeq;
    steps.items = steps.items.filter((step) => isMap(step) && !/setup-python@/.test(String(step.get('uses'))) && !step.has('run'));
    steps.deleteIn([0, 'with', 'fetch-depth']);
    for (const run of CHECKS) steps.add(workflow.createNode({ run }));
  },
  'plan.yml': (workflow, environments) => {
    setMatrix(workflow, 'plan', 'include', environments.map(identityOf));
    setMatrix(workflow, 'comment', 'environment', environments);
  },
  'apply.yml': (workflow, environments) => {
    setMatrix(workflow, 'apply', 'environment', environments);
    const strategy = workflow.getIn(['jobs', 'apply', 'strategy']) as YAMLMap;
    strategy.commentBefore = ' One after the other, in this order: what fails in one does not reach the next.';
  },
  'drift.yml': (workflow, environments) => {
    setMatrix(workflow, 'plan', 'include', environments.map(identityOf));
    setMatrix(workflow, 'issue', 'environment', environments);
  },
};

const identityOf = (environment: string) => ({ environment, identity: `${environment}-plan` });

function stepsOf(workflow: Document, job: string): unknown[] {
  const steps = workflow.getIn(['jobs', job, 'steps']);
  return isSeq(steps) ? steps.items : [];
}

function setMatrix(workflow: Document, job: string, key: string, values: readonly unknown[]): void {
  const list = workflow.createNode(values, { flow: key === 'environment' });
  workflow.setIn(['jobs', job, 'strategy', 'matrix', key], list);
}

/** The Node of this repository's own jobs is the oldest that it is tested with. */
function setNode(workflow: Document): void {
  const jobs = workflow.get('jobs') as YAMLMap<{ value: string }>;
  for (const { key } of jobs.items) {
    for (const step of stepsOf(workflow, key.value)) {
      if (isMap(step) && /setup-node@/.test(String(step.get('uses')))) step.setIn(['with', 'node-version'], quoted(workflow, NODE));
    }
  }
}

/** A version is no number. */
function quoted(workflow: Document, text: string) {
  const scalar = workflow.createNode(text);
  scalar.type = 'QUOTE_SINGLE';
  return scalar;
}

function workflowFor(file: string, environments: readonly string[]): RepositoryFile {
  const workflow = parseDocument(ownFile('.github', 'workflows', file));
  EDITS[file]?.(workflow, environments);
  setNode(workflow);
  const text = workflow.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true });
  return { path: `.github/workflows/${file}`, text };
}

function scriptOf(file: string): RepositoryFile {
  const text = ownFile('.github', 'scripts', file);
  return { path: `.github/scripts/${file}`, text, ...(file.endsWith('.sh') && { executable: true as const }) };
}

function dependabot(): RepositoryFile {
  const file = parseDocument(ownFile('.github', 'dependabot.yml'));
  file.setIn(['updates', 0, 'directories'], file.createNode(['/'], { flow: true }));
  const together = ['cdktf-vertex-gateway', 'cdktf', 'cdktf-cli', '@cdktf/*', 'constructs'];
  file.setIn(['updates', 1, 'groups', 'cdktf', 'patterns'], file.createNode(together, { flow: true }));
  return { path: '.github/dependabot.yml', text: file.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true }) };
}

/** Workflows and what they run. Without a repository on GitHub to trust, nothing plans or applies: no identity is there for it. */
export function workflowFiles({ github, environments }: Choices): RepositoryFile[] {
  const files = github ? [...WITHOUT_IDENTITY, ...WITH_IDENTITY] : WITHOUT_IDENTITY;
  const scripts = [...new Set(files.flatMap((file) => SCRIPTS_OF[file] ?? []))].sort();
  return [...files.map((file) => workflowFor(file, environments)), ...scripts.map(scriptOf), dependabot()];
}
