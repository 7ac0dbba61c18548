import { transformSync } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EnvironmentStack, TerraformElement, Testing } from '../../constructs/core';
import { ROOT } from './source';

/** Blocks of one type, at one place among the constructs. */
export interface Created {
  /** Type of a resource; `data.` before one that is only read, `ephemeral.` before one that Terraform does not store. */
  readonly type: string;
  readonly count: number;
  /** Classes with a page that it is in, the nearest last; empty where there is none. */
  readonly within: readonly string[];
}

/** Runs an example as a module of an app that has a `stack` at hand. The stack is validated, as `app.synth()` would. */
export function runExample(code: string): EnvironmentStack {
  const stack = new EnvironmentStack(Testing.app(), 'example', {
    environmentName: 'example',
    projectId: 'acme-ai-test',
    region: 'europe-west4',
    state: { backend: 'gcs', bucket: 'acme-state', prefix: 'test' },
  });
  const script = transformSync(code, { loader: 'ts', format: 'cjs', target: 'es2022' }).code;
  // Names lead where they lead in an app at the root: the package's own to its sources.
  const load = createRequire(join(ROOT, 'main.ts'));
  const body = new Function('require', 'exports', 'module', 'stack', `{ ${script} }`) as (...args: unknown[]) => void;
  body(load, {}, { exports: {} }, stack);
  stack.prepareStack();
  Testing.synth(stack, true);
  return stack;
}

/** Types of what stands in the synthesized JSON, counted, by the constructs that they are in. */
export function createdBy(stack: EnvironmentStack, constructs: readonly string[]): Created[] {
  const counts = new Map<string, Created>();
  for (const node of stack.node.findAll()) {
    if (!TerraformElement.isTerraformElement(node)) continue;
    const classes = node.node.scopes.filter((scope) => scope !== stack).map((scope) => scope.constructor.name);
    const within = [...new Set(classes.filter((name) => constructs.includes(name)))];
    const blocks = node.toTerraform() as Partial<Record<string, Record<string, object>>>;
    for (const [kind, prefix] of [
      ['resource', ''],
      ['data', 'data.'],
      ['ephemeral', 'ephemeral.'],
    ] as const) {
      for (const [name, all] of Object.entries(blocks[kind] ?? {})) {
        const key = `${within.join('/')} ${prefix}${name}`;
        counts.set(key, { type: `${prefix}${name}`, within, count: (counts.get(key)?.count ?? 0) + Object.keys(all).length });
      }
    }
  }
  return [...counts].sort(([one], [other]) => one.localeCompare(other)).map(([, created]) => created);
}
