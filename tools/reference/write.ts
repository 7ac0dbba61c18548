import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPages } from './pages';
import { readSource, ROOT } from './source';

/** Writes the generated parts of the constructs' pages anew. A page that cannot be written is named; the others are. */
const source = readSource();
const problems: string[] = [];
for (const page of allPages(source)) {
  try {
    for (const { file, text } of [page()].flat()) writeFileSync(join(ROOT, file), text);
  } catch (error) {
    problems.push((error as Error).message);
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
