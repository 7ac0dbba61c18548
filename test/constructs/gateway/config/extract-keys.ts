import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { VirtualEnvironment } from '../../../support/python';

/** What `known-keys.py` finds in an installed LiteLLM; `known-keys.json` holds that of the pinned version. */
export interface KnownKeys {
  readonly version: string;
  /** Block of config.yaml → the keys that are read there. */
  readonly blocks: Readonly<Record<string, readonly string[]>>;
  /** Models of Google that the price list has a price for. */
  readonly priced: readonly string[];
}

export const FOLDER = join(__dirname, '../../../../constructs/gateway/config');

/** Imports LiteLLM and reads its source: some 20 seconds. */
export function extractKeys(environment: VirtualEnvironment): KnownKeys {
  const { status, stdout, stderr } = spawnSync(environment.command('python'), [join(FOLDER, 'known-keys.py')], {
    encoding: 'utf8',
    // Or it asks for a newer price list first.
    env: { PATH: process.env.PATH, HOME: environment.directory, LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`known-keys.py failed:\n${stderr.split('\n').slice(-5).join('\n')}`);
  return JSON.parse(stdout) as KnownKeys;
}

/** Lines that say what came and what went, list by list; none where nothing did. */
export function differences(before: KnownKeys, after: KnownKeys): string[] {
  const lists = (keys: KnownKeys): Record<string, readonly string[]> => ({ ...keys.blocks, 'priced models': keys.priced });
  const [old, now] = [lists(before), lists(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((list) => {
    const missingFrom = (these: readonly string[] = [], those: readonly string[] = []): string[] =>
      those.filter((key) => !these.includes(key));
    const [added, removed] = [missingFrom(old[list], now[list]), missingFrom(now[list], old[list])];
    if (added.length + removed.length === 0) return [];
    return [
      `${list}: ${added.length} added, ${removed.length} removed`,
      ...added.map((key) => `  + ${key}`),
      ...removed.map((key) => `  - ${key}`),
    ];
  });
}
