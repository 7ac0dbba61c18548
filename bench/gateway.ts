import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import Table from 'cli-table3';
import { ModelSource } from '../constructs/gateway/config';
import { gatewaySize } from '../stacks/gateway-size';
import { configurationOf } from '../test/peers/configuration';
import { Database, Gateway, OpenAiServer, needsGatewayAndDatabase } from '../test/support/peers';

/**
 * What the gateway costs: latency and throughput beside the same upstream without it, start-up time, and memory of a worker beside what the
 * stack gives one. A real LiteLLM with a database and a virtual key; client and upstream share the machine with it, so ratios and differences
 * say more than the figures: compare those of one run.
 */
const SINGLE = Number(process.argv[2] ?? 200);
const AT_A_TIME = 16;
const WORKERS = 2;
const MIB = 2 ** 20;
const TIERS = ['development', 'staging', 'production'] as const;
/** A worker that fills its share leaves nothing for the launcher and for long answers. */
const HEADROOM = 0.8;

interface Target {
  readonly url: string;
  readonly key: string;
}

interface Load {
  /** Milliseconds of each request. */
  readonly times: readonly number[];
  readonly seconds: number;
}

async function ask({ url, key }: Target, stream: boolean): Promise<number> {
  const start = performance.now();
  const body = JSON.stringify({ model: 'bench', stream, messages: [{ role: 'user', content: 'How much is it?' }] });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/chat/completions`, { method: 'POST', headers, body });
  await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
  return performance.now() - start;
}

async function load(target: Target, stream: boolean, clients: number, requests: number): Promise<Load> {
  const times: number[] = [];
  let left = requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) times.push(await ask(target, stream));
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return { times, seconds: (performance.now() - start) / 1000 };
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!;

async function measure(alone: Target, through: Target, stream: boolean): Promise<string[]> {
  await load(through, stream, AT_A_TIME, AT_A_TIME * 4);
  // In turns, one by one, so that a noisy moment of the machine falls on both.
  const [before, after]: [number[], number[]] = [[], []];
  for (let index = 0; index < SINGLE; index++) {
    before.push(await ask(alone, stream));
    after.push(await ask(through, stream));
  }
  const [bare, gateway] = [await load(alone, stream, AT_A_TIME, SINGLE * 4), await load(through, stream, AT_A_TIME, SINGLE * 4)];
  const rate = ({ times, seconds }: Load): number => times.length / seconds;
  const added = [0.5, 0.95].map((share) => (quantile(after, share) - quantile(before, share)).toFixed(1));
  const [alonePerSecond, perSecond] = [rate(bare), rate(gateway)];
  const ratio = (perSecond / alonePerSecond).toFixed(3);
  return [stream ? 'chat, streamed' : 'chat', ...added, alonePerSecond.toFixed(0), perSecond.toFixed(0), ratio];
}

/** Peak resident memory of each Python process of the gateway that serves, MiB. The first one only starts the others. */
function workersOf(group: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' });
  const processes = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  const python = processes.filter(([, pgid, program]) => Number(pgid) === group && /python/.test(program ?? ''));
  const peaks = python.map(([pid]) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  return peaks.sort((a, b) => b - a).slice(0, WORKERS);
}

/** What each tier gives a worker, and whether that is enough for what was measured. */
function printSizes(worker: number): void {
  const table = new Table({
    head: ['tier', 'workers', 'memory, GiB', 'MiB a worker', 'measured, MiB', 'verdict'],
    style: { head: [], border: [] },
  });
  for (const tier of TIERS) {
    const { cpu, memoryGiB } = gatewaySize({ tier } as Parameters<typeof gatewaySize>[0], {} as Parameters<typeof gatewaySize>[1]);
    const share = (memoryGiB * 2 ** 30) / MIB / cpu;
    const verdict = worker > share ? 'TOO SMALL' : worker > share * HEADROOM ? 'TIGHT' : 'fits';
    table.push([tier, cpu, memoryGiB, share.toFixed(0), worker.toFixed(0), verdict]);
    if (verdict !== 'fits') process.exitCode = 1;
  }
  console.log(table.toString());
}

async function main(): Promise<void> {
  const requirement = needsGatewayAndDatabase();
  if (!requirement.met) return console.log(`Not measured. It needs ${requirement.reason}.`);
  const upstream = await OpenAiServer.start();
  const database = await Database.start();
  const source = ModelSource.openAiCompatible('bench', upstream.url);
  const config = configurationOf({ models: { bench: { deployments: [{ source, traffic: 100 }], lastResort: true } } });
  const start = performance.now();
  const gateway = await Gateway.start({ config, database, workers: WORKERS });
  try {
    console.log(
      `Ready to answer after ${((performance.now() - start) / 1000).toFixed(1)} s, with ${WORKERS} workers and a migrated database.\n`,
    );
    const made = await gateway.ask('/key/generate', { body: { key_type: 'llm_api' } });
    const { key } = (await made.json()) as { readonly key: string };
    const [alone, through] = [
      { url: upstream.url, key: 'any' },
      { url: `${gateway.url}/v1`, key },
    ];
    const head = ['requests', 'added ms, median', 'added ms, p95', 'alone, /s', 'gateway, /s', 'ratio'];
    const table = new Table({ head, style: { head: [], border: [] } });
    for (const stream of [false, true]) table.push(await measure(alone, through, stream));
    console.log(`${table.toString()}\nAdded: one request at a time. Per second: ${AT_A_TIME} clients.\n`);
    const workers = workersOf(gateway.processGroup);
    console.log(`Peak memory of the workers: ${workers.map((size) => `${size.toFixed(0)} MiB`).join(', ')}.\n`);
    printSizes(Math.max(...workers));
  } finally {
    await gateway.stop();
    await Promise.all([database.stop(), upstream.stop()]);
  }
}

void main();
