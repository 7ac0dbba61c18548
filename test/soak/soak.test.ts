import type { CallFault } from '../../rehearsal/api';
import { soakSequence } from '../../soak/sequence';
import { soakTerraform } from '../../soak/terraform-sequence';

/** A soak that disturbs nothing shows nothing: all of this must have happened, and nothing may have broken. */
const FAULTS: Readonly<Record<CallFault['kind'], true>> = {
  status: true,
  dropped: true,
  lost: true,
  garbled: true,
  slow: true,
  silence: true,
  failing: true,
  dragging: true,
};
const CHANGES = ['first deploy', 'split', 'new version', 'scale', 'machine', 'add model', 'remove model', 'endpoint replaced', 'destroy'];
const WRITES = ['deployModel', 'undeployModel', 'mutateDeployedModel', 'patch'];

/** The first of the seeds, one after which little is missing soon: new ones each time would make a red run hard to see again. */
const FIRST_SEED = 55;
/** Sequences, of a second or so each, after which a soak that has still not done all of it has lost its bite. `npm run soak` does hundreds. */
const AT_MOST = 40;

/** What a sequence did, read from its log. */
class Coverage {
  readonly changes = new Set<string>();
  readonly faults = new Set<string>();
  readonly disturbedWrites = new Set<string>();
  killedWhileReading = false;
  killedWhileWriting = false;

  read(lines: readonly string[]): void {
    for (const line of lines) {
      const change = /^(?:(.*) \((?:surge|recreate).*|(destroy) \S+), attempt \d+$/.exec(line);
      if (change) this.changes.add((change[1] ?? change[2])!);
      const [, verb, fault] = /^ {2}\d+ \w+ (\S+) → (.*)$/.exec(line) ?? [];
      if (verb === undefined || fault === undefined) continue;
      const { kind } = JSON.parse(fault) as CallFault;
      this.faults.add(kind);
      if (WRITES.includes(verb)) this.disturbedWrites.add(verb);
      if (kind === 'silence') this[WRITES.includes(verb) ? 'killedWhileWriting' : 'killedWhileReading'] = true;
    }
  }

  missing(): string[] {
    return [
      ...CHANGES.filter((name) => !this.changes.has(name)),
      ...Object.keys(FAULTS).filter((kind) => !this.faults.has(kind)),
      ...WRITES.filter((verb) => !this.disturbedWrites.has(verb)).map((verb) => `a fault of ${verb}`),
      ...(this.killedWhileReading ? [] : ['a kill while reading']),
      ...(this.killedWhileWriting ? [] : ['a kill while writing']),
    ];
  }
}

it('random lives of an endpoint hold under random faults: every change, every fault, kills at reads and writes', async () => {
  const coverage = new Coverage();
  for (let seed = FIRST_SEED; coverage.missing().length > 0 && seed < FIRST_SEED + AT_MOST; seed++) {
    const lines: string[] = [];
    await soakSequence(seed, (line) => lines.push(line)).catch((error: Error) => {
      throw new Error(`seed ${seed}: ${error.message}\n${lines.slice(-40).join('\n')}`);
    });
    coverage.read(lines);
  }
  expect(coverage.missing()).toEqual([]);
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
