import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import Table from 'cli-table3';
import { EMPTY_APP, runTerraform, terraformDataStacks } from './floor';
import { compare, type Comparison } from './measure';
import { projectWith } from './project';

interface Row extends Comparison {
  readonly what: string;
  readonly environments: number;
  readonly resources: number;
}

/** What `rehearse --json` says of a stack; only what is used here. */
interface RehearsedStack {
  readonly resources: number;
}

const TSX = ['--require', 'tsx/cjs'];

function run(directory: string, args: readonly string[]): string {
  const child = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', CDKTF_OUTDIR: join(directory, 'cdktf.out') },
  });
  if (child.status !== 0)
    throw new Error(`${args.join(' ')} ended with ${child.status}:\n${child.stdout.slice(-2000)}\n${child.stderr.slice(-2000)}`);
  return child.stdout;
}

async function measure(environments: number, rounds: number): Promise<Row[]> {
  const project = projectWith(environments);
  const scratch = mkdtempSync(join(project, 'floor-'));
  try {
    writeFileSync(join(scratch, 'empty.ts'), EMPTY_APP);
    const synth = await compare(
      () => void run(project, [...TSX, 'main.ts']),
      () => void run(project, [...TSX, join(scratch, 'empty.ts')]),
      rounds,
    );
    const rehearse = () => JSON.parse(run(project, [...TSX, 'cli/main.ts', 'rehearse', '--all', '--json'])) as { stacks: RehearsedStack[] };
    const counts = rehearse().stacks.map(({ resources }) => resources);
    const rehearsal = await compare(
      () => void rehearse(),
      () => runTerraform(terraformDataStacks(counts)),
      rounds,
    );
    const resources = counts.reduce((sum, count) => sum + count, 0);
    return [
      { what: 'synth', environments, resources, ...synth },
      { what: 'rehearsal', environments, resources, ...rehearsal },
    ];
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

const FLOORS: Record<string, string> = {
  synth: 'synth of one empty stack',
  rehearsal: 'terraform init, plan, apply, plan of as many terraform_data in as many stacks',
};

function print(rows: readonly Row[]): void {
  const table = new Table({
    head: ['what', 'environments', 'resources', 'seconds', 'floor', 'ratio', 'seconds/environment'],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    const perEnvironment = (row.subject / row.environments).toFixed(2);
    table.push([
      row.what,
      row.environments,
      row.resources,
      row.subject.toFixed(2),
      row.floor.toFixed(2),
      `${row.ratio.toFixed(2)}x`,
      perEnvironment,
    ]);
  }
  console.log(table.toString());
  for (const [what, floor] of Object.entries(FLOORS)) console.log(`floor of ${what}: ${floor}`);
  console.log(`medians of interleaved rounds on ${cpus().length} cores, Node ${process.version}`);
}

const numbers = (text: string): number[] =>
  text.split(',').map((part) => {
    const value = Number(part);
    if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('whole numbers from 1, separated by commas');
    return value;
  });

async function main(): Promise<void> {
  const options = new Command('bench')
    .description('Measures synth and rehearsal as ratios to the least that the same tools can do. Nothing else should run on the machine.')
    .option('--environments <counts>', 'how many environments', numbers, [1, 10, 50])
    .option('--rounds <count>', 'interleaved rounds of each', numbers, [3])
    .option('--json', 'print the rows as JSON')
    .parse()
    .opts<{ environments: number[]; rounds: number[]; json?: boolean }>();
  const rows: Row[] = [];
  for (const environments of options.environments) {
    process.stderr.write(`measuring ${environments} environment(s) ...\n`);
    rows.push(...(await measure(environments, options.rounds[0]!)));
  }
  if (options.json) console.log(JSON.stringify(rows, null, 2));
  else print(rows);
}

void main();
