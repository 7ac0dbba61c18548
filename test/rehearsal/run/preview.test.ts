import { execFileSync } from 'node:child_process';
import { noDisplay } from '../../../rehearsal/run/display';
import { preview } from '../../../rehearsal/run/preview';
import { describeWith, terraform } from '../../support/requirements';
import { appWith, changeStacks, data, failureOf } from './app';

const signal = new AbortController().signal;

const shown = (projectDir: string, environments: readonly string[] | 'all' = 'all', base = 'HEAD') =>
  preview({ projectDir, environments, base }, noDisplay, signal);

function repository(): string {
  const app = appWith({ 'dev-same': data('x'), 'dev-changed': data('old'), 'dev-gone': data('x'), 'prod-x': data('x') });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: app });
  git('init', '-q');
  git('add', 'app.js', 'cdktf.json', 'stacks.json');
  git('commit', '-q', '-m', 'base');
  changeStacks(app, { 'dev-same': data('x'), 'dev-changed': data('new'), 'dev-new': data('x'), 'prod-x': data('x') });
  return app;
}

const actionsIn = (plan: unknown): string[] =>
  ((plan as { resource_changes?: { change: { actions: string[] } }[] }).resource_changes ?? []).map(({ change }) => change.actions.join());

describeWith(terraform(), 'a preview', () => {
  it('plans each stack of the working tree on what the base has deployed', async () => {
    const { stacks, gone, base, notices } = await shown(repository(), ['dev']);
    expect(Object.fromEntries(stacks.map(({ stack, before, plan }) => [stack.id, [before?.id, ...actionsIn(plan)]]))).toEqual({
      'dev-same': ['dev-same', 'no-op'],
      'dev-changed': ['dev-changed', 'update'],
      'dev-new': [undefined, 'create'],
    });
    expect([gone.map(({ id }) => id), base.name, notices]).toEqual([['dev-gone'], 'HEAD', []]);
  });

  it('refuses what nobody knows before anything is deployed', async () => {
    const app = repository();
    expect(await failureOf(shown(app, 'all', 'nowhere'))).toContain('--base nowhere: git knows no such revision');
    expect(await failureOf(shown(app, ['stage']))).toContain("there is no environment or stack 'stage'");
  });
});
