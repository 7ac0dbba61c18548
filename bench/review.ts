import Table from 'cli-table3';
import { buildReport, htmlPage, markdown, readPlan } from '../review';
import { play, type Shown } from '../test/review/fixtures/engine';
import { at, type Situation } from '../test/review/fixtures/situation';
import { SITUATIONS } from '../test/review/fixtures/situations';
import { FACTS, tells } from './review-facts';
import { findPeers, type Peer } from './review-peers';

/** Time for a report of 1,000 changes, and which facts a report tells: ours and its peers', on the same real plans. */
const CHANGES = 1000;
const ROUNDS = 7;
/** What the report of 1,000 changes may take. */
const AIM = 0.5;

/** Half of them new, half of them changed. */
function thousand(): Situation {
  const account = (index: number, text: string) =>
    at(`dev-identity/Caller${index}`, { account_id: `caller-${index}`, display_name: text, description: 'x' });
  const accounts = (count: number, text: string) => ({
    resource: {
      google_service_account: Object.fromEntries(Array.from({ length: count }, (_, index) => [`Caller${index}`, account(index, text)])),
    },
  });
  return { name: 'thousand', about: '', before: accounts(CHANGES / 2, 'old'), after: accounts(CHANGES, 'new') };
}

const situationOf = (name: string): Situation => SITUATIONS.find((situation) => situation.name === name)!;

const ours = (after: Situation['after']): Peer => ({
  name: 'review',
  report(plan) {
    const synthesized = [{ id: 'dev-stack', dependencies: [], configuration: after }];
    // From text on, as the peers read it.
    const json = JSON.parse(JSON.stringify(plan.json)) as unknown;
    const report = buildReport({
      stacks: [{ plan: readPlan(json, { source: 'x', stack: 'dev-stack', synthesized }) }],
      origin: 'plan',
      today: '2026-11-21',
    });
    htmlPage(report, { title: 'dev' });
    return markdown(report, { title: 'dev' });
  },
});

function seconds(peer: Peer, plan: Shown): number[] {
  return Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    peer.report(plan);
    return (performance.now() - start) / 1000;
  }).sort((one, other) => one - other);
}

async function main(): Promise<void> {
  const { peers, missing, close } = findPeers();
  try {
    const situation = thousand();
    const large = await play(situation);
    const times = new Table({ head: [`report of ${CHANGES} changes`, 'median, s', 'best, s'], style: { head: [], border: [] } });
    for (const peer of [ours(situation.after), ...peers]) {
      const all = seconds(peer, large);
      times.push([peer.name, all[Math.floor(ROUNDS / 2)]!.toFixed(2), all[0]!.toFixed(2)]);
      if (peer.name === 'review' && all[0]! > AIM) console.log(`over the aim of ${AIM} s`);
    }
    console.log(
      `${times.toString()}\nreview: Markdown and HTML, in a process that runs already; the others: their formats, with the start of their processes\n`,
    );

    const table = new Table({
      head: ['a reviewer needs to know', 'review', ...peers.map(({ name }) => name)],
      style: { head: [], border: [] },
    });
    const sums = new Map<string, number>();
    for (const fact of FACTS) {
      const { before, after = before } = situationOf(fact.situation);
      const plan = await play(situationOf(fact.situation));
      const row = [ours(after), ...peers].map((peer) => {
        const told = tells(fact, peer.report(plan));
        sums.set(peer.name, (sums.get(peer.name) ?? 0) + Number(told));
        return told ? 'yes' : '–';
      });
      table.push([fact.fact, ...row]);
    }
    table.push([`of ${FACTS.length}`, ...['review', ...peers.map(({ name }) => name)].map((name) => String(sums.get(name) ?? 0))]);
    console.log(table.toString());
    for (const line of missing) console.log(`not compared: ${line}`);
    if (sums.get('review') !== FACTS.length) process.exitCode = 1;
  } finally {
    close();
  }
}

void main();
