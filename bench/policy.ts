import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { checkPolicy, RULES, type Rule, type StackDocument } from '../policy';
import { checkov, prepareCheckov, type CheckovResult } from './checkov';
import { compare } from './measure';

/**
 * The policy beside checkov, on the same files: time, and findings in both directions. What checkov asks and the policy does not is
 * listed as it is.
 */
const ROUNDS = Number(process.argv[2] ?? 3);

const PLAIN = { chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, style: { head: [], border: [] } };

function synthesize(outdir: string): void {
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  const { status, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', 'main.ts'], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
}

const documentsIn = (directory: string): StackDocument[] =>
  readdirSync(directory)
    .sort()
    .map((name) => ({ name, json: JSON.parse(readFileSync(join(directory, name, 'cdk.tf.json'), 'utf8')) as unknown }));

function write(directory: string, name: string, json: unknown): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'cdk.tf.json'), JSON.stringify(json, undefined, 2));
}

/** A copy that checkov's parser does not give up on: it takes no text directly under `terraform`. */
function readableFor(directory: string, documents: readonly StackDocument[]): void {
  for (const { name, json } of documents) {
    const { terraform, ...rest } = json as { terraform: Record<string, unknown> };
    const { required_version: _dropped, ...kept } = terraform;
    write(directory, name, { ...rest, terraform: kept });
  }
}

const rulesFor = (check: string): Rule[] => RULES.filter(({ maps }) => maps.checkov?.includes(check));

function printAgreement(results: readonly CheckovResult[], documents: readonly StackDocument[]): void {
  const titles = new Map(results.map(({ check, title }) => [check, title]));
  const failures = (check: string) => results.filter((result) => result.check === check && result.failed).length;
  // Every tier is held to everything here, as checkov does it; nothing is suppressed.
  const { findings } = checkPolicy(documents, { production: true, perimeter: true });
  const found = (rules: readonly Rule[]) =>
    findings.filter(({ rule, outcome }) => outcome === 'failed' && rules.some(({ id }) => id === rule)).length;
  const checks = [...titles.keys()].sort();
  const covered = checks.filter((check) => rulesFor(check).length > 0);
  console.log(
    `\ncheckov applied ${checks.length} of its checks; the policy asks the same in ${covered.length} of them. The others, and those that failed:`,
  );
  const table = new Table({ ...PLAIN, head: ['check', 'what it asks', 'failed', 'rules', 'found'] });
  for (const check of checks) {
    const rules = rulesFor(check);
    if (rules.length > 0 && failures(check) === 0) continue;
    table.push([
      check,
      titles.get(check)!.slice(0, 70),
      failures(check),
      rules.map(({ id }) => id).join(' ') || '-',
      rules.length > 0 ? found(rules) : '-',
    ]);
  }
  console.log(table.toString());
  const alone = RULES.filter(({ maps }) => (maps.checkov ?? []).length === 0).length;
  console.log(`${alone} of the ${RULES.length} rules ask what no check of checkov is known to ask.`);
}

/** The example of a breach that each rule shows, before both. */
function printPlanted(directory: string): void {
  for (const { id, bad, good } of RULES) {
    write(directory, `${id}-bad`, bad);
    write(directory, `${id}-good`, good);
  }
  const { results } = checkov(directory);
  const failedIn = (name: string, checks: readonly string[]) =>
    results.some(({ failed, file, check }) => failed && file.includes(`/${name}/`) && checks.includes(check));
  const mapped = RULES.filter(({ maps }) => (maps.checkov ?? []).length > 0);
  const found = mapped.filter(({ id, maps }) => failedIn(`${id}-bad`, maps.checkov!));
  const wrong = mapped.filter(({ id, maps }) => failedIn(`${id}-good`, maps.checkov!));
  console.log(
    `\nOf the ${RULES.length} breaches that the rules show, the policy finds ${RULES.length} (a test holds it to that); checkov ${found.length}.`,
  );
  console.log(
    `Of the ${mapped.length} that a check of checkov is mapped to, checkov does not find ${
      mapped
        .filter((rule) => !found.includes(rule))
        .map(({ id }) => id)
        .join(' ') || 'none'
    }.`,
  );
  console.log(`It objects to what these rules show as kept: ${wrong.map(({ id }) => id).join(' ') || 'none'}.`);
}

async function main(): Promise<void> {
  prepareCheckov();
  const directory = mkdtempSync(join(tmpdir(), 'bench-policy-'));
  try {
    const [outdir, readable, planted] = ['cdktf.out', 'readable', 'planted'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    synthesize(outdir);
    const documents = documentsIn(join(outdir, 'stacks'));
    const { unreadable } = checkov(join(outdir, 'stacks'));
    console.log(`${documents.length} stacks as they are synthesized: checkov gives up on ${unreadable} of them.`);
    readableFor(readable, documents);
    const run = checkov(readable);
    const failed = run.results.filter((result) => result.failed).length;
    console.log(
      `Without \`required_version\`, it gives up on ${run.unreadable}; ${failed} of its ${run.results.length} results are failures.`,
    );
    const command = ['--require', 'tsx/cjs', 'cli/main.ts', 'policy', '--stack', readable, '--fail-on', 'never'];
    const ours = () => void spawnSync(process.execPath, command, { stdio: 'ignore' });
    const { subject, floor, ratio } = await compare(() => void checkov(readable), ours, ROUNDS);
    console.log(
      `Time of the whole command, median of ${ROUNDS}: policy ${floor.toFixed(2)} s, checkov ${subject.toFixed(2)} s: ${ratio.toFixed(1)} times.`,
    );
    printAgreement(run.results, documents);
    printPlanted(planted);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
