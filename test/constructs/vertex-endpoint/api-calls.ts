import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ReconcileSpec } from '../../../constructs/vertex-endpoint/reconciler/spec';
import { cleared, ENDPOINT, Harness, wanted } from './reconciler/harness';

/** The table of API calls in the README, measured. `node --require tsx/cjs test/constructs/vertex-endpoint/api-calls.ts` writes it anew. */
const README = join(__dirname, '../../../constructs/vertex-endpoint/README.md');
const [BEGIN, END] = ['<!-- api-calls: begin -->\n', '<!-- api-calls: end -->\n'];

const OPERATIONS = ['deployModel', 'undeployModel', 'mutateDeployedModel'];
const BEFORE = wanted({ 'flash@1': 95, 'pro@1': 5 });
const scaled = { resources: { 'flash@1': { minReplicaCount: 2, maxReplicaCount: 5 } } };

/** Undefined: nothing is there before, or after. */
const CHANGES: readonly (readonly [name: string, before: ReconcileSpec | undefined, after: ReconcileSpec | undefined])[] = [
  ['nothing', BEFORE, BEFORE],
  ['first deploy of two models', undefined, BEFORE],
  ['split 95/5 → 80/20', BEFORE, wanted({ 'flash@1': 80, 'pro@1': 20 })],
  ['new version', BEFORE, wanted({ 'flash@2': 95, 'pro@1': 5 })],
  ['new version, recreated', BEFORE, wanted({ 'flash@2': 95, 'pro@1': 5 }, { rollout: 'recreate' })],
  ['replicas', BEFORE, wanted({ 'flash@1': 95, 'pro@1': 5 }, scaled)],
  ['another machine', BEFORE, wanted({ 'flash@1': 95, 'pro@1': 5 }, { resources: { 'flash@1': { spot: true } } })],
  ['model added', BEFORE, wanted({ 'flash@1': 90, 'pro@1': 5, 'code@1': 5 })],
  ['model removed', BEFORE, wanted({ 'flash@1': 100 })],
  ['both models new', BEFORE, wanted({ 'flash@2': 95, 'pro@2': 5 })],
  ['destroy', BEFORE, undefined],
];

export interface Calls {
  readonly looks: number;
  readonly operations: number;
  readonly splits: number;
}

export interface Measured {
  readonly name: string;
  readonly made: Calls;
  readonly least: Calls;
}

export async function measure(): Promise<Measured[]> {
  const harness = await Harness.start();
  try {
    const rows: Measured[] = [];
    harness.api.invariants.mayStop.add(ENDPOINT);
    for (const [name, before, after] of CHANGES) {
      if (before) await harness.run(before);
      const { code, calls } = await harness.run(after ?? cleared);
      if (code !== 0) throw new Error(`${name}: the reconciler ended with ${code}`);
      const count = (verbs: readonly string[]): number => calls.filter((verb) => verbs.includes(verb)).length;
      const made = { looks: count(['operations.list', 'get']), operations: count(OPERATIONS), splits: count(['patch']) };
      if (made.looks + made.operations + made.splits !== calls.length) throw new Error(`${name}: calls nobody counts: ${calls.join(', ')}`);
      rows.push({ name, made, least: leastOf(before, after) });
      await harness.run(cleared);
    }
    return rows;
  } finally {
    await harness.close();
  }
}

/** From what is there and what shall be alone: an operation a deployment that comes, goes or changes; a split that none of them can carry. */
function leastOf(before: ReconcileSpec | undefined, after: ReconcileSpec | undefined): Calls {
  const [old, next] = [before, after].map((spec) => new Map(spec?.models.map((model) => [model.id, model])));
  const moved = [...old!.keys()].filter((id) => !next!.has(id)).length + [...next!.keys()].filter((id) => !old!.has(id)).length;
  const changed = [...old!].filter(([id, model]) => next!.has(id) && !isDeepStrictEqual(model, next!.get(id))).length;
  const sameSplit = isDeepStrictEqual(before?.traffic, after?.traffic);
  return { looks: 1, operations: moved + changed, splits: moved > 0 || sameSplit ? 0 : 1 };
}

export function tableOf(rows: readonly Measured[]): string {
  const cells = rows.map(({ name, made, least }) => [
    name,
    ...(['operations', 'splits', 'looks'] as const).map((what) => `${made[what]} (${least[what]})`),
  ]);
  const all = [['change', 'operations', 'split alone', 'looks'], ...cells];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(all[0]!), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...all.slice(1).map(line), ''].join('\n');
}

const around = (text: string): [before: string, table: string, after: string] => {
  const [start, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (start < BEGIN.length || end < start) throw new Error(`${README} has no section between ${BEGIN.trim()} and ${END.trim()}`);
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
};

export const publishedTable = (): string => around(readFileSync(README, 'utf8'))[1].trim();

async function main(): Promise<void> {
  const [before, , after] = around(readFileSync(README, 'utf8'));
  writeFileSync(README, `${before}\n${tableOf(await measure())}\n${after}`);
}

if (require.main === module) void main();
