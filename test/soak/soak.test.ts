import { soakSequence, type Tally } from '../../soak/sequence';
import { soakTerraform } from '../../soak/terraform-sequence';

/** A short soak of every test run; `npm run soak` does hundreds. New seeds each time would make a red run hard to see again. */
const SEEDS = Array.from({ length: 8 }, (_, index) => 1000 + index);

it('random lives of an endpoint hold under random faults', async () => {
  const tallies: Tally[] = [];
  const failures: string[] = [];
  for (const seed of SEEDS) {
    const lines: string[] = [];
    await soakSequence(seed, (line) => lines.push(line)).then(
      (tally) => tallies.push(tally),
      (error: Error) => failures.push(`seed ${seed}: ${error.message}\n${lines.slice(-40).join('\n')}`),
    );
  }
  expect(failures).toEqual([]);
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  // A soak that disturbs nothing shows nothing. These seeds kill and fail runs; which ones do is fixed by the seeds.
  expect(sum('killed')).toBeGreaterThan(0);
  expect(sum('failed')).toBeGreaterThan(0);
});

it('they hold with real Terraform around the reconciler, and killed in its place', async () => {
  const tally = await soakTerraform(53, () => {});
  expect(tally.killed).toBeGreaterThan(0);
});

it('the same seed lives the same life', async () => {
  const lives = [];
  for (let round = 0; round < 2; round++) {
    const lines: string[] = [];
    await soakSequence(7, (line) => lines.push(line));
    lives.push(lines.filter((line) => /^ {2}\d+ |attempt/.test(line)));
  }
  expect(lives[0]).toEqual(lives[1]);
});
