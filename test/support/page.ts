import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FENCE = /^```(\w+) (\S+\.\w+)\n([\s\S]*?)^```$/gm;

/** Programs of a page: what stands in fences that name a file, by that name. */
export function programsOf(page: string): Record<string, string> {
  const text = readFileSync(join(__dirname, '../..', page), 'utf8');
  return Object.fromEntries([...text.matchAll(FENCE)].map(([, , file, source]) => [file!, source!]));
}
