import { transformSync } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EnvironmentStack, TerraformElement, Testing } from '../constructs/core';
import { ROOT } from './source';

/** What one construct class puts into a stack. */
export interface Created {
  /** Type of a resource; `data.` before one that is only read, `ephemeral.` before one that Terraform does not store. */
  readonly type: string;
  readonly count: number;
  /** Nearest construct above it that has a page; undefined where there is none. */
  readonly by?: string;
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

/** Types of what stands in the synthesized JSON, counted, by the construct that made it. */
export function createdBy(stack: EnvironmentStack, constructs: readonly string[]): Created[] {
  const counts = new Map<string, Created>();
  for (const node of stack.node.findAll()) {
    if (!TerraformElement.isTerraformElement(node)) continue;
    const by = [...node.node.scopes].reverse().find((scope) => constructs.includes(scope.constructor.name) && scope !== stack)
      ?.constructor.name;
    const blocks = node.toTerraform() as Partial<Record<string, Record<string, object>>>;
    for (const [kind, prefix] of [
      ['resource', ''],
      ['data', 'data.'],
      ['ephemeral', 'ephemeral.'],
    ] as const) {
      for (const [name, all] of Object.entries(blocks[kind] ?? {})) {
        const key = `${by ?? ''} ${prefix}${name}`;
        counts.set(key, { type: `${prefix}${name}`, by, count: (counts.get(key)?.count ?? 0) + Object.keys(all).length });
      }
    }
  }
  return [...counts.values()].sort((one, other) => (one.by ?? '').localeCompare(other.by ?? '') || one.type.localeCompare(other.type));
}
