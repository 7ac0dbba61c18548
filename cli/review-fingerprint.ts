import { readFileSync, writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { divergence, fingerprint, fingerprintDocument, parseFingerprints, PlanError } from '../review';
import { planFiles, readPlans, synthesizedIn } from './review-plans';

interface Flags {
  readonly plan: readonly string[];
  readonly synth: string;
  readonly output?: string;
  readonly reviewed?: string;
}

/** Exit code: 0 is "the same"; what cannot be read ends with 2, as in a review. */
const DIFFERS = 1;

const HELP = `
Examples:
  npm run review -- fingerprint --plan plans/ --output fingerprints.json      when the plan is reviewed
  npm run review -- fingerprint --plan plans/ --reviewed fingerprints.json    when it is to be applied: ends with 1, and says what differs

Two plans have the same fingerprint if they do the same to the same things. When they were made, in which order they list things, what
stays as it is, and sensitive values are left out; version numbers of write-only values are not.
`;

/** `review fingerprint`: what plans would do, as hashes; or whether they would do what was reviewed. */
export function addFingerprint(review: Command): void {
  review
    .command('fingerprint')
    .description('What plans would do, as hashes without values; or whether they still do what was reviewed.')
    .requiredOption('--plan <file...>', 'plans of Terraform or OpenTofu as JSON, directories of them, or - for standard input')
    .option('--synth <dir>', 'the synthesized stacks: they know which plan is of which', 'cdktf.out')
    .option('--output <file>', 'write there instead of standard output')
    .option('--reviewed <file>', 'fingerprints of what was reviewed: compare with them')
    .addHelpText('after', HELP)
    .action(run);
}

function run({ plan, synth, output, reviewed }: Flags): void {
  const planned = readPlans(planFiles(plan), synthesizedIn(synth), []).map((each) => fingerprint(each.plan));
  const twice = planned.find(({ stack }, index) => planned.findIndex((each) => each.stack === stack) !== index);
  if (twice !== undefined) throw new PlanError(twice.stack, 'two of the plans are of this stack.');
  const document = fingerprintDocument(planned);
  if (output !== undefined) writeFileSync(output, document);
  if (reviewed === undefined) {
    if (output === undefined) process.stdout.write(document);
    return;
  }
  const differs = divergence(parseFingerprints(read(reviewed), reviewed), planned);
  if (differs.length === 0) {
    console.error('The plan is the one that was reviewed.');
    return;
  }
  console.error(`The plan is no longer the one that was reviewed:\n${differs.join('\n')}`);
  process.exitCode = DIFFERS;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new PlanError(file, 'there is no such file, or it cannot be read.');
  }
}
