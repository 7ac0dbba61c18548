import { isMap, isSeq, parseDocument, type Document, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Choices } from './choices';
import { ownFile } from './package-root';
import { NODE } from './project-files';
import type { RepositoryFile } from './repository-file';

/** The workflows of this repository, made for another one: there is no second copy that could be forgotten. */

const WITHOUT_IDENTITY = ['check.yml', 'review.yml', 'review-comment.yml'];
const WITH_IDENTITY = ['plan.yml', 'apply.yml', 'drift.yml', 'provider-locks.yml'];

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
    const jobs = workflow.get('jobs') as YAMLMap<Scalar<string>>;
    // Others try the package itself.
    jobs.items = jobs.items.filter(({ key }) => ['test', 'policy'].includes(key.value));
    for (const left of ['strategy', 'name', 'timeout-minutes']) workflow.deleteIn(['jobs', 'test', left]);
    const job = workflow.getIn(['jobs', 'test']) as YAMLMap;
    job.items.unshift(workflow.createPair('name', 'Check'), workflow.createPair('timeout-minutes', 15));
    const steps = job.get('steps') as YAMLSeq;
    steps.items = steps.items.filter((step) => isMap(step) && !/setup-python@/.test(String(step.get('uses'))) && !step.has('run'));
    steps.deleteIn([0, 'with', 'fetch-depth']);
    workflow.setIn(['jobs', 'policy', 'if'], "github.event_name == 'push' && !github.event.repository.private");
    const condition = (workflow.getIn(['jobs', 'policy']) as YAMLMap<Scalar>).items.find(({ key }) => key.value === 'if')!;
    condition.key.commentBefore =
      ' In a private repository code scanning is a paid product: where you have it, take the second half of this away.';
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
  const text = withoutOwnPages(workflow.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true }));
  return { path: `.github/workflows/${file}`, text };
}

/** Where this repository explains itself is not in the other one. */
const withoutOwnPages = (text: string): string => text.replace(/ \(docs\/[\w/.-]+\)/g, '');

/** As they stand in a text: `.github/scripts/plan.sh`, `"$(dirname "$0")/stacks.mjs"`, `from './github.mjs'`. */
const scriptsIn = (text: string): string[] => [...text.matchAll(/\/([\w-]+\.(?:sh|mjs))\b/g)].map(([, name]) => name!);

/** What the workflows run, directly and through another script. */
function scriptFiles(texts: readonly string[], known: readonly RepositoryFile[] = []): RepositoryFile[] {
  const names = new Set(texts.flatMap(scriptsIn).filter((name) => !known.some(({ path }) => path.endsWith(`/${name}`))));
  if (names.size === 0) return [...known];
  const found = [...names].map((name): RepositoryFile => {
    const text = withoutOwnPages(ownFile('.github', 'scripts', name));
    return { path: `.github/scripts/${name}`, text, ...(name.endsWith('.sh') && { executable: true as const }) };
  });
  return scriptFiles(
    found.map(({ text }) => text),
    [...known, ...found],
  );
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
  const workflows = files.map((file) => workflowFor(file, environments));
  return [...workflows, ...scriptFiles(workflows.map(({ text }) => text)), dependabot()];
}
