import { readPlan, type ReviewInput, type Risk, type SynthesizedStack } from '../../review';
import { findRisks } from '../../review/risks';
import { TODAY } from './plans';

export interface Changed {
  readonly type: string;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly unknown?: object;
  /** Default: what before and after say: create, delete, update, no-op. */
  readonly actions?: readonly string[];
  readonly name?: string;
  readonly path?: string;
  readonly stack?: string;
  readonly deposed?: string;
}

function actionsOf({ before, after, actions }: Changed): readonly string[] {
  if (actions !== undefined) return actions;
  if (before == null) return ['create'];
  if (after == null) return ['delete'];
  return JSON.stringify(before) === JSON.stringify(after) ? ['no-op'] : ['update'];
}

/** A review of changes that are made up, in plans as Terraform writes them. */
export function reviewOf(changes: readonly Changed[], more: Partial<ReviewInput> = {}): ReviewInput {
  const ids = [...new Set(changes.map(({ stack = 'prod-stack' }) => stack))];
  const stacks = ids.map((id) => {
    const own = changes
      .map((change, index) => ({ ...change, name: change.name ?? `R${index}` }))
      .filter(({ stack = 'prod-stack' }) => stack === id);
    const resource: Record<string, Record<string, object>> = {};
    for (const { type, name, path } of own) if (path !== undefined) (resource[type] ??= {})[name] = { '//': { metadata: { path } } };
    const head: SynthesizedStack = { id, dependencies: [], configuration: { resource } };
    const plan = readPlan(
      {
        format_version: '1.2',
        terraform_version: '1.11.4',
        resource_changes: own.map((change) => ({
          address: `${change.type}.${change.name}`,
          mode: 'managed',
          type: change.type,
          name: change.name,
          deposed: change.deposed,
          change: {
            actions: actionsOf(change),
            before: change.before ?? null,
            after: change.after ?? null,
            after_unknown: change.unknown ?? {},
          },
        })),
      },
      { source: 'made up', stack: id, synthesized: [head] },
    );
    return { plan };
  });
  return { stacks, origin: 'plan', today: TODAY, base: 'main', ...more };
}

/** What one rule finds. */
export const found = (rule: string, changes: readonly Changed[], more?: Partial<ReviewInput>): Risk[] =>
  findRisks(reviewOf(changes, more)).filter((risk) => risk.rule === rule);

/** The findings in short: level, "unknown" where it is that, and the sentence. */
export const short = (risks: readonly Risk[]): string[] =>
  risks.map(({ level, unknown, message }) => `${level}${unknown ? ' unknown' : ''}: ${message}`);
