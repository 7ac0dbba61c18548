import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Table from 'cli-table3';
import { exports as entries } from '../package.json';
import { installedApp } from '../test/support/installed';
import { compareMeasures } from './measure';

/**
 * What an import of each entry costs, installed as users have it: processor time to load it, beside loading bare cdktf; processor time and
 * memory of the compiler for a program with this one import and cdktf's, beside the program with cdktf's alone.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
/** The compiler takes seconds, and its memory is the same each time. */
const TYPE_ROUNDS = Math.ceil(ROUNDS / 3);

const COMPILER = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

/** Says at the end how much processor time the process took: unlike the clock, it knows nothing of what else the machine does. */
const METER = `process.on('exit', () => { const { user, system } = process.cpuUsage(); console.log('processor ' + (user + system) / 1e6); });`;

const metered = (app: string, args: readonly string[]): string =>
  said(spawnSync(process.execPath, ['--require', './meter.cjs', ...args], { cwd: app, encoding: 'utf8' }));

const figure = (text: string, name: string): number => Number(new RegExp(`^${name}:? +([\\d.]+)`, 'm').exec(text)?.[1]);

/** Seconds, with those that Node itself takes to start. */
const loading = (app: string, module: string): number => figure(metered(app, ['--eval', `require('${module}')`]), 'processor');

interface Checked {
  readonly seconds: number;
  readonly mebibytes: number;
}

function typeCheck(app: string, imports: readonly string[]): Checked {
  const used = imports.map((module, index) => `import * as used${index} from '${module}';\nvoid used${index};\n`);
  writeFileSync(join(app, 'program.ts'), used.join(''));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022', '--types', 'node'];
  const text = metered(app, [COMPILER, ...options, '--ignoreConfig', '--extendedDiagnostics', 'program.ts']);
  return { seconds: figure(text, 'processor'), mebibytes: figure(text, 'Memory used') / 1024 };
}

function said({ status, stdout, stderr }: ReturnType<typeof spawnSync>): string {
  if (status !== 0) throw new Error(`${String(stdout)}${String(stderr)}`);
  return String(stdout);
}

async function rowOf(app: string, path: string): Promise<string[]> {
  const name = `cdktf-vertex-gateway${path.slice(1)}`;
  const load = await compareMeasures(
    () => loading(app, name),
    () => loading(app, 'cdktf'),
    ROUNDS,
  );
  const memory: number[] = [];
  const types = await compareMeasures(
    () => {
      const { seconds, mebibytes } = typeCheck(app, ['cdktf', name]);
      memory[0] = mebibytes;
      return seconds;
    },
    () => {
      const { seconds, mebibytes } = typeCheck(app, ['cdktf']);
      memory[1] = mebibytes;
      return seconds;
    },
    TYPE_ROUNDS,
  );
  const times = (ratio: number) => `× ${ratio.toFixed(2)}`;
  return [
    path,
    `${load.subject.toFixed(2)} s`,
    times(load.ratio),
    `${types.subject.toFixed(1)} s`,
    times(types.ratio),
    `${memory[0]!.toFixed(0)} MiB`,
    times(memory[0]! / memory[1]!),
  ];
}

async function main(): Promise<void> {
  // The package is installed where temporary files go, and stays there as long as its tests would run.
  const temporary = mkdtempSync(join(tmpdir(), 'bench-package-'));
  process.env['TMPDIR'] = temporary;
  try {
    const installed = installedApp();
    if (!installed.met) throw new Error(`This needs ${installed.reason}.`);
    const app = installed.appWith({ 'package.json': '{ "type": "commonjs" }', 'meter.cjs': METER });
    const table = new Table({
      chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
      style: { head: [], border: [] },
      head: ['entry', 'load', 'of cdktf', 'type-check', 'of cdktf', 'memory', 'of cdktf'],
    });
    for (const path of Object.keys(entries).filter((entry) => entry !== './package.json')) table.push(await rowOf(app, path));
    console.log(table.toString());
    console.log(
      `processor time: medians of ${ROUNDS} and ${TYPE_ROUNDS} interleaved rounds on ${cpus().length} cores, Node ${process.version}`,
    );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

void main();
