import { distance } from 'fastest-levenshtein';
import known from './known-keys.json';
import type { Block } from './litellm-config';

/** The version of LiteLLM that all this was tested with, and whose keys and prices are known here. */
export const PINNED_VERSION = known.version;

const KEYS: Readonly<Record<Block, ReadonlySet<string>>> = {
  litellm_params: new Set(known.blocks.litellm_params),
  model_info: new Set(known.blocks.model_info),
  router_settings: new Set(known.blocks.router_settings),
  litellm_settings: new Set(known.blocks.litellm_settings),
  general_settings: new Set(known.blocks.general_settings),
};

const PRICED: ReadonlySet<string> = new Set(known.priced);

export const isKnownKey = (block: Block, key: string): boolean => KEYS[block].has(key);

/** Other blocks in which LiteLLM does read the key: `master_key` under `litellm_settings` is the mistake that opens a gateway to everybody. */
export const blocksOf = (key: string): Block[] => (Object.keys(KEYS) as Block[]).filter((block) => KEYS[block].has(key));

/** The key of the block that was probably meant: at most a third of it differs. */
export function nearestKey(block: Block, key: string): string | undefined {
  const [best] = [...KEYS[block]]
    .map((candidate) => ({ candidate, slips: distance(key.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.slips - other.slips);
  return best && best.slips <= Math.ceil(key.length / 3) ? best.candidate : undefined;
}

/** Whether LiteLLM knows what the model costs; `name` as in `ModelSource.pricedAs`. */
export const isPriced = (name: string): boolean => PRICED.has(name) || PRICED.has(name.replace(/@.*$/, ''));
