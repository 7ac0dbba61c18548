/** `npm run conformance`: compares both providers and writes the figures into docs/rehearsal.md. */
import { spawnSync } from 'node:child_process';
import { readCases } from './cases';
import { ACCEPTED, compare, contradictions } from './compare';
import { generatedSection, updateDocument } from './document';
import { outdated, readKnownDifferences, unlisted } from './known-differences';
import { googleVersion, realProvider } from './providers';
import { Session } from './session';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const { met, reason } = realProvider();
  if (!met) {
    say(reason);
    return 1;
  }
  const cases = readCases();
  const session = new Session(cases);
  try {
    const [ours, theirs] = [await session.embedded(), await session.real()];
    const comparisons = compare(cases, ours, theirs);
    const found = comparisons.flatMap(({ differences }) => differences);
    const known = readKnownDifferences();
    const problems = [
      ...cases
        .filter(({ name }) => !known.some((entry) => entry.what === ACCEPTED && entry.case === name))
        .flatMap((each) => contradictions(each, ours.get(each.name)!).map((text) => `embedded: ${each.name}: ${text}`)),
      ...cases.flatMap((each) => contradictions(each, theirs.get(each.name)!).map((text) => `real: ${each.name}: ${text}`)),
      ...unlisted(found, known).map(
        (each) => `not listed: ${each.case}: ${each.where}: ${each.what}: embedded ${each.embedded}, real ${each.real}`,
      ),
      ...outdated(found, known).map((each) => `no longer so: ${each.case}: ${each.where}: ${each.what}`),
    ];
    problems.forEach(say);
    const { terraform_version: engine } = JSON.parse(spawnSync('terraform', ['version', '-json'], { encoding: 'utf8' }).stdout);
    updateDocument(
      generatedSection(comparisons, known),
      `${new Date().toISOString().slice(0, 10)} with Terraform ${engine} and hashicorp/google ${googleVersion()}.`,
    );
    say(`${cases.length} cases; docs/rehearsal.md is written; ${problems.length} problems`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await session.close();
  }
}

void main().then((code) => (process.exitCode = code));
