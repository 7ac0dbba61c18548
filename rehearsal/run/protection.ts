import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineFailure } from './diagnostics';
import { type Stage } from './stage';
import { type RunOptions, type StackRun } from './stack-run';
import { type Instance } from './state';
import { isObject } from './values';

const LIFT = 'rehearsal_lift_override.tf.json';

/** "Resource x.y has lifecycle.prevent_destroy set" (Terraform), "Resource instance x.y has prevent_destroy set" (OpenTofu). */
const PREVENTED = /^Resource (?:instance )?(\S+) has (?:lifecycle\.)?prevent_destroy set/;

/** Addresses that a failed destroy was refused for by protection; undefined when it failed for any other reason as well. */
export function refusedBy(stage: Stage, run: StackRun, failure: EngineFailure): string[] | undefined {
  const prevented = failure.errors.flatMap(({ detail }) => PREVENTED.exec(detail ?? '')?.[1] ?? []);
  const guarded = new Set(protectedIn(stage, run).map(({ address }) => address));
  const others = failure.errors.length - prevented.length;
  const explained = failure.errored.length >= others && failure.errored.every((address) => guarded.has(address));
  return failure.errors.length > 0 && explained ? [...new Set([...prevented, ...failure.errored])].sort() : undefined;
}

/**
 * What an operator does who means it: switches every protection of the stack off, and applies that to what the provider protects. The
 * override stays beside the stack: with it the stack can be destroyed.
 */
export async function liftProtection(stage: Stage, run: StackRun, options: RunOptions): Promise<void> {
  const guarded = protectedIn(stage, run);
  const resource: Record<string, Record<string, object>> = {};
  for (const { type, name, attribute } of guarded) (resource[type] ??= {})[name] = { [attribute]: false };
  for (const [type, blocks] of Object.entries(run.stack.configuration.resource ?? {})) {
    for (const [name, block] of Object.entries(blocks)) {
      if (preventsDestroy(block))
        resource[type] = { ...resource[type], [name]: { ...resource[type]?.[name], lifecycle: { prevent_destroy: false } } };
    }
  }
  writeFileSync(join(run.stack.directory, LIFT), `${JSON.stringify({ resource }, undefined, 2)}\n`);
  if (guarded.length === 0) return;
  const plan = await run.plan('lift', 'lift protection', { ...options, args: guarded.map(({ address }) => `-target=${address}`) });
  if (!plan.isEmpty) await run.apply(plan, 'lift protection', options);
}

/** A deployment has its protection again. */
export const restoreProtection = (run: StackRun): void => rmSync(join(run.stack.directory, LIFT), { force: true });

interface Guarded {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** The attribute that protects it. */
  readonly attribute: string;
}

function protectedIn(stage: Stage, run: StackRun): Guarded[] {
  return run.instances().flatMap(({ address, type, attributes }: Instance) => {
    const attribute = stage.facts.get(`resource ${type}`)?.deletionProtection;
    if (attribute === undefined || attributes[attribute] !== true) return [];
    return [{ address, type, name: address.slice(type.length + 1).replace(/\[.*$/, ''), attribute }];
  });
}

function preventsDestroy(block: Readonly<Record<string, unknown>>): boolean {
  const lifecycle = [block['lifecycle']].flat();
  return lifecycle.some((each) => isObject(each) && each['prevent_destroy'] === true);
}
