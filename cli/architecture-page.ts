import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { architecture, environmentsOf, readApp } from '../graph';
import { interruptible } from '../rehearsal/run/interruption';
import { synthesize } from '../rehearsal/run/synthesize';

/** Draws the architecture anew, from the stacks of prod: the picture, and the diagram in the page. */
async function main(): Promise<void> {
  const root = join(__dirname, '..');
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'architecture-'));
  try {
    await interruptible((signal) => synthesize(root, directory, signal));
    const [prod] = environmentsOf(readApp(directory), ['prod']);
    const page = join(root, 'docs', 'architecture.md');
    const drawn = await architecture(prod!, readFileSync(page, 'utf8'));
    writeFileSync(join(root, 'docs', 'images', 'architecture.svg'), drawn.picture);
    writeFileSync(page, drawn.page);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
