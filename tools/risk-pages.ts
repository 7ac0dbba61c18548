import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { riskPages } from '../review';

/** Writes docs/risks anew. */
const DIRECTORY = join(__dirname, '..', 'docs', 'risks');

mkdirSync(DIRECTORY, { recursive: true });
for (const file of readdirSync(DIRECTORY)) rmSync(join(DIRECTORY, file));
for (const { file, text } of riskPages()) writeFileSync(join(DIRECTORY, file), text);
