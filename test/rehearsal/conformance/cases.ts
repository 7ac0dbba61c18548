import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Resource blocks as Terraform JSON: type → local name → arguments. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** What a plan may do with one resource. A replacement names the arguments that force it. */
export interface PlannedAction {
  readonly action: string;
  readonly replacePaths: readonly string[];
}

export interface Case {
  /** Unique over all files; also the name of the module that holds the case. */
  readonly name: string;
  readonly shows: string;
  readonly service: string;
  readonly resources: Resources;
  /** The configuration whose state the case starts from; absent: an empty state. */
  readonly before?: Resources;
  /** For an invalid configuration: the argument that the error has to be about. */
  readonly invalid?: string;
  /** For a valid one: address inside the module → what the plan must do with it. */
  readonly actions: Readonly<Record<string, PlannedAction>>;
}

const resources = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const path = z.array(z.union([z.string(), z.number()])).min(1);
const change = z.union([z.enum(['create', 'update', 'delete']), z.strictObject({ replace: z.array(path).min(1) })]);
const expectation = z.union([
  z.literal('create'),
  z.strictObject({ invalid: z.string() }),
  z.strictObject({ changes: z.record(z.string(), change) }),
]);
const caseFile = z.strictObject({
  service: z.string(),
  cases: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z0-9-]+$/),
      shows: z.string(),
      resource: resources,
      before: z.unknown().optional(),
      expect: expectation,
    }),
  ),
});

/** JSON Merge Patch (RFC 7386): maps are merged, null removes, everything else replaces. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> = target !== null && typeof target === 'object' && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

export const addressesOf = (all: Resources): string[] =>
  Object.entries(all).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));

/** Terraform's JSON form of a path (`["settings",0,"tier"]`), dotted. */
export const dotted = (steps: readonly (string | number)[]): string => steps.join('.');

function plannedActions(all: Resources, expected: z.infer<typeof expectation>): Case['actions'] {
  if (typeof expected !== 'string' && 'invalid' in expected) return {};
  const addresses = addressesOf(all);
  if (expected === 'create') return Object.fromEntries(addresses.map((address) => [address, { action: 'create', replacePaths: [] }]));
  const stray = Object.keys(expected.changes).filter((address) => !addresses.includes(address));
  if (stray.length > 0) throw new Error(`expects a change of ${stray.join(', ')}, which the case does not have`);
  const actionOf = (address: string): PlannedAction => {
    const wanted = expected.changes[address] ?? 'no-op';
    if (typeof wanted === 'string') return { action: wanted, replacePaths: [] };
    return { action: 'replace', replacePaths: wanted.replace.map(dotted).sort() };
  };
  return Object.fromEntries(addresses.map((address) => [address, actionOf(address)]));
}

function read(file: string): Case[] {
  const parsed = caseFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.cases.map(({ name, shows, resource, before, expect }) => {
    const changes = typeof expect === 'object' && 'changes' in expect;
    if (changes !== (before !== undefined)) throw new Error(`${file}: ${name}: 'before' and 'expect: { changes }' go together`);
    return {
      name,
      shows,
      service: parsed.data.service,
      resources: resource,
      ...(before === undefined ? {} : { before: resources.parse(mergePatch(resource, before)) }),
      ...(typeof expect === 'object' && 'invalid' in expect ? { invalid: expect.invalid } : {}),
      actions: plannedActions(resource, expect),
    };
  });
}

/** All cases of `cases/*.yaml`. */
export function readCases(directory = join(__dirname, 'cases')): Case[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.yaml')).sort(); // prettier-ignore
  const all = files.flatMap((file) => read(join(directory, file)));
  const seen = new Set<string>();
  for (const { name } of all) {
    if (seen.has(name)) throw new Error(`Two cases are called ${name}.`);
    seen.add(name);
  }
  return all;
}
