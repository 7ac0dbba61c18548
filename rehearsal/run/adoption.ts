import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  // What an earlier repair adopted is in no state yet when the apply after it was struck as well.
  const imports = importsOf(run);
  const before = imports.length;
  // The plan that was being applied tells best what the objects are: a new one may not come about at all before they are adopted.
  let plan = run.planned;
  for (let fresh = plan === undefined; ; fresh = true) {
    const orphans = orphansOf(stage, run).filter(({ object, importId }) => !imports.some((each) => isFor(each, object, importId)));
    if (orphans.length === 0) break;
    // One that adopts some knows what refers to them; by that the next ones are recognized.
    if (fresh || plan === undefined) plan = await run.plan('adoption', 'repair', { patience });
    const recognized = recognize(orphans, await run.show(plan));
    if (recognized.length === 0 && fresh) break;
    imports.push(...recognized);
    writeFileSync(importsFile(run), JSON.stringify({ import: imports }, undefined, 2));
  }
  return imports.slice(before).map(({ to }) => to);
}

const isFor = ({ to, id }: Import, { type }: StoredObject, importId: string): boolean => id === importId && to.startsWith(`${type}.`);

function importsOf(run: StackRun): Import[] {
  const file = importsFile(run);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { import: Import[] }).import : [];
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
function recognize(orphans: readonly Orphan[], plan: PlanJson): Import[] {
  const planned = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() === 'create');
  const alike = planned.map(({ address, type, change }) => ({
    address,
    candidates: orphans.filter(({ object }) => object.type === type && looksLike(object, change.after)),
  }));
  return orphans.flatMap((orphan) => {
    const [match, second] = alike.filter(({ candidates }) => candidates.includes(orphan));
    if (match === undefined || second !== undefined || match.candidates.length > 1) return [];
    return [{ to: match.address, id: orphan.importId }];
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
