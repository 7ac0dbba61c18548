import { parseArgs } from 'node:util';
import { speak } from './language';
import { soakSequence, type Tally } from './sequence';
import { soakTerraform } from './terraform-sequence';

const USAGE = `npm run soak -- [--sequences N] [--seed N] [--terraform] [--python] [--verbose]

Random lives of an endpoint under random faults, the reconciler against the rehearsal's API.
  --sequences N   how many (300)
  --seed N        of the first one; the others count up (default: from the clock). A failing one replays with --seed N --sequences 1
  --terraform     real Terraform around the reconciler, and killed instead of it: some 20 seconds a sequence
  --python        the reconciler's Python port instead of it (not with --terraform: there stacks run what they carry)
  --verbose       every call and every line of the reconciler`;

/** Sequences under way at once: they wait for starting threads more than they compute. */
const AT_ONCE = 3;

async function main(): Promise<number> {
  const { sequences, seed: first, verbose, terraform, python } = options();
  if (python) speak('python');
  const soak = terraform ? soakTerraform : soakSequence;
  const start = Date.now();
  const total: Tally = { steps: 0, runs: 0, killed: 0, failed: 0, refused: 0, calls: 0 };
  const failures: string[] = [];
  let next = 0;
  const lane = async () => {
    while (next < sequences) {
      const seed = first + next++;
      const lines: string[] = [];
      try {
        const tally = await soak(seed, (line) => lines.push(line));
        for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
      } catch (error) {
        failures.push(
          `seed ${seed}: ${(error as Error).message}\n    replay: npm run soak --${terraform ? ' --terraform' : ''}${python ? ' --python' : ''} --seed ${seed} --sequences 1 --verbose`,
        );
      }
      if (verbose) process.stdout.write(`${lines.join('\n')}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${sequences} sequences (seeds ${first}–${first + sequences - 1}) in ${seconds} s: ${total.steps} changes, ${total.runs} runs of ${terraform ? 'Terraform' : 'the reconciler'} ` +
      `(${total.killed} killed, ${total.failed} failed, ${total.refused} refused), ${total.calls} API calls, each followed by the checks.\n`,
  );
  for (const failure of failures) process.stderr.write(`FAILED ${failure}\n`);
  return failures.length > 0 ? 1 : 0;
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        sequences: { type: 'string', default: '300' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
        terraform: { type: 'boolean', default: false },
        python: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
      },
    });
    const [sequences, seed] = [Number(values.sequences), Number(values.seed)];
    if (!Number.isInteger(sequences) || sequences < 1) throw new Error(`--sequences ${values.sequences} is not a number from 1`);
    if (!Number.isInteger(seed) || seed < 0) throw new Error(`--seed ${values.seed} is not a number from 0`);
    if (values.terraform && values.python) throw new Error('--terraform and --python exclude each other');
    return { ...values, sequences, seed };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    process.exit(2);
  }
}

void main().then((code) => process.exit(code));
