import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { architecture, environmentsOf, readApp } from '../graph';
import { withStacks } from '../cli/with-stacks';

const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'architecture.md');

/** Draws the architecture anew, from the stacks of prod: the picture, and the diagram in the page. */
void withStacks(ROOT, async (_, directory) => {
  const [prod] = environmentsOf(readApp(directory), ['prod']);
  const drawn = await architecture(prod!, readFileSync(PAGE, 'utf8'));
  writeFileSync(join(ROOT, 'docs', 'images', 'architecture.svg'), drawn.picture);
  writeFileSync(PAGE, drawn.page);
});
