import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentsOf, readApp } from '../graph';
import { withStacks } from '../cli/with-stacks';
import { architecture, PAGE } from './architecture';

const ROOT = join(__dirname, '..');

/** Draws the architecture anew, from the stacks of prod: the picture, and the diagram in the page. */
void withStacks(ROOT, async (_, directory) => {
  const [prod] = environmentsOf(readApp(directory), ['prod']);
  const drawn = await architecture(prod!, readFileSync(join(ROOT, PAGE), 'utf8'));
  writeFileSync(join(ROOT, 'docs', 'images', 'architecture.svg'), drawn.picture);
  writeFileSync(join(ROOT, PAGE), drawn.page);
});
