import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  PlanError,
  parsePlan,
  readPlan,
  stackOfAddresses,
  type Plan,
  type ReviewInput,
  type StackPlan,
  type SynthesizedStack,
} from '../review';
import { type Preview } from '../rehearsal/run/preview';
import { type Stack } from '../rehearsal/run/stacks';

/** A stack as the review reads it. */
export const synthesized = ({ id, dependencies, configuration }: Stack): SynthesizedStack => ({ id, dependencies, configuration });

/** The stacks that a project has synthesized (`cdktf synth`), if it has. */
export function synthesizedIn(directory: string): SynthesizedStack[] {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) return [];
  const { stacks } = parsed<{ stacks?: Record<string, { synthesizedStackPath: string; dependencies?: string[] }> }>(manifest);
  if (typeof stacks !== 'object' || stacks === null) throw new PlanError(manifest, `it names no stacks. ${SYNTHESIZE}`);
  return Object.entries(stacks).map(([id, { synthesizedStackPath, dependencies }]) => ({
    id,
    dependencies: dependencies ?? [],
    configuration: parsed(join(directory, synthesizedStackPath)),
  }));
}

const SYNTHESIZE = 'Run `cdktf synth` once more, or name another directory with --synth.';

function parsed<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    // What the parser says may quote the file.
    throw new PlanError(file, `${error instanceof SyntaxError ? 'this is not JSON' : 'it cannot be read'}. ${SYNTHESIZE}`);
  }
}

/** Files that are named, those in directories that are named, and `-` for what comes in. */
export function planFiles(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (name === '-') return [name];
    if (!existsSync(name)) throw new PlanError(name, 'there is no such file.');
    if (!statSync(name).isDirectory()) return [name];
    const inside = readdirSync(name)
      .filter((each) => each.endsWith('.json'))
      .sort()
      .map((each) => join(name, each));
    if (inside.length === 0) throw new PlanError(name, 'there is no .json file in this directory.');
    return inside;
  });
}

/** Reads plans from files, and finds for each the synthesized stack it is of. */
export function readPlans(files: readonly string[], head: readonly SynthesizedStack[], base: readonly SynthesizedStack[]): StackPlan[] {
  const plans = files.map((file) => {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    const source = file === '-' ? 'standard input' : file;
    const stack = stackOf(text, file, source, head);
    return withSides(parsePlan(text, { source, stack: stack.id, synthesized: sides(stack.id, head, base) }), head, base);
  });
  const twice = plans.filter(({ plan }, index) => plans.findIndex((other) => other.plan.stack === plan.stack) !== index);
  if (twice.length > 0) {
    const { source, stack } = twice[0]!.plan;
    const first = plans.find(({ plan }) => plan.stack === stack)!.plan.source;
    throw new PlanError(
      source,
      `it is a plan of ${stack}, and so is ${first}. Give one plan a stack; the file's name says of which it is.`,
    );
  }
  return inOrder(plans, head);
}

/** By the name of the file; else by the addresses in it; else it goes by the file. */
function stackOf(text: string, file: string, source: string, known: readonly SynthesizedStack[]): { readonly id: string } {
  const name = basename(file).replace(/(\.tfplan|\.plan|-plan)?\.json$/, '');
  const named = ['plan', 'tfplan', 'tfplan-show'].includes(name) ? basename(dirname(file)) : name;
  const byName = known.find(({ id }) => id === named);
  if (byName !== undefined) return byName;
  const plan = parsePlan(text, { source });
  const addresses = [...plan.changes, ...plan.standing].map(
    ({ type, name: each, mode }) => `${mode === 'data' ? 'data.' : ''}${type}.${each}`,
  );
  return stackOfAddresses(known, addresses) ?? { id: file === '-' ? 'plan' : named };
}

const sides = (id: string, ...revisions: readonly (readonly SynthesizedStack[])[]): SynthesizedStack[] =>
  revisions.flatMap((stacks) => stacks.filter((stack) => stack.id === id));

const withSides = (plan: Plan, head: readonly SynthesizedStack[], base: readonly SynthesizedStack[]): StackPlan => ({
  plan,
  head: sides(plan.stack, head)[0],
  base: sides(plan.stack, base)[0],
});

/** As they are applied, which is how they were synthesized; plans of stacks that nobody knows come last. */
function inOrder(plans: readonly StackPlan[], head: readonly SynthesizedStack[]): StackPlan[] {
  const rank = ({ plan }: StackPlan) => {
    const index = head.findIndex(({ id }) => id === plan.stack);
    return index < 0 ? head.length : index;
  };
  return [...plans].sort((one, other) => rank(one) - rank(other));
}

/** What a rehearsal has shown, for the review. */
export function inputOf({ base, stacks, gone, notices }: Preview, today: string): ReviewInput {
  return {
    stacks: stacks.map(({ stack, before, plan }) => {
      const [head, earlier] = [synthesized(stack), before && synthesized(before)];
      const both = earlier === undefined ? [head] : [head, earlier];
      return { plan: readPlan(plan, { source: `the plan of ${stack.id}`, stack: stack.id, synthesized: both }), head, base: earlier };
    }),
    gone: gone.map(synthesized),
    base: `${base.name} (${base.commit.slice(0, 10)})`,
    origin: 'rehearsal',
    today,
    notices,
  };
}
