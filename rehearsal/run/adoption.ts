import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, parseImportId } from '../overlay/templates';
import { type TypeFacts } from '../schema/types';
import { type StoredObject } from '../store';
import { type Stage } from './stage';
import { type PlanJson, type StackRun } from './stack-run';
import { isObject } from './values';

/** Not an override file: Terraform allows no `import` block in one. */
const IMPORTS = 'rehearsal_imports.tf.json';

/** An object that exists, but that no state knows. */
interface Orphan {
  readonly object: StoredObject;
  /** What `terraform import` takes for it. */
  readonly importId: string;
}

interface Import {
  readonly to: string;
  readonly id: string;
}

/**
 * After a kill or a lost answer objects exist that no state knows, and the service refuses to create them again. What an operator does
 * then: `import` blocks for them, in a file beside the stack. Gives back the addresses that the next apply adopts.
 */
export async function adoptOrphans(stage: Stage, run: StackRun, patience?: number): Promise<string[]> {
  const adopted = new Map<StoredObject, Import>();
  for (;;) {
    const orphans = orphansOf(stage, run).filter(({ object }) => !adopted.has(object));
    if (orphans.length === 0) break;
    // A plan that adopts some knows what refers to them; by that the next ones are recognized.
    const recognized = recognize(orphans, await run.show(await run.plan('adoption', 'repair', { patience })));
    if (recognized.length === 0) break;
    for (const [object, each] of recognized) adopted.set(object, each);
    writeFileSync(importsFile(run), JSON.stringify({ import: [...adopted.values()] }, undefined, 2));
  }
  return [...adopted.values()].map(({ to }) => to);
}

/** The adopted are in the state now. */
export const endAdoption = (run: StackRun): void => rmSync(importsFile(run), { force: true });

const importsFile = (run: StackRun): string => join(run.stack.directory, IMPORTS);

function orphansOf(stage: Stage, run: StackRun): Orphan[] {
  const known = new Set(stage.instances().map(({ type, attributes }) => `${type} ${String(attributes['id'])}`));
  return stage.store
    .list()
    .filter(({ type, id }) => run.stack.configuration.resource?.[type] !== undefined && !known.has(`${type} ${id}`))
    .flatMap((object) => {
      const facts = stage.facts.get(`resource ${object.type}`);
      // Additive: creating it again is as good as adopting it.
      if (facts === undefined || facts.additive || facts.importIds.length === 0) return [];
      return [{ object, importId: importIdOf(facts, object) }];
    });
}

/** An id that the provider imports as it is needs nothing made up: not every attribute in the form of an import is the object's own. */
function importIdOf({ importIds }: TypeFacts, { id, attributes }: StoredObject): string {
  if (importIds.some((template) => parseImportId(template, id) !== undefined)) return id;
  return String(evaluate(importIds[0] ?? '', { attributes, settings: {}, created: '', seed: id, counter: () => 0 }));
}

/** Orphans that exactly one planned resource looks like, and that is like no other orphan. */
function recognize(orphans: readonly Orphan[], plan: PlanJson): [StoredObject, Import][] {
  const planned = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() === 'create');
  const alike = planned.map(({ address, type, change }) => ({
    address,
    candidates: orphans.filter(({ object }) => object.type === type && looksLike(object, change.after)),
  }));
  return orphans.flatMap((orphan) => {
    const [match, second] = alike.filter(({ candidates }) => candidates.includes(orphan));
    if (match === undefined || second !== undefined || match.candidates.length > 1) return [];
    return [[orphan.object, { to: match.address, id: orphan.importId }] as [StoredObject, Import]];
  });
}

/** Nothing that is known while planning contradicts it. */
function looksLike(object: StoredObject, planned: unknown): boolean {
  if (!isObject(planned)) return false;
  return Object.entries(planned).every(([name, value]) => {
    const actual = object.attributes[name];
    if (value === null || isObject(value) || actual === undefined || actual === null) return true;
    return String(value) === String(actual);
  });
}
