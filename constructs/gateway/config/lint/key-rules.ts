import { BLOCKS, type Block } from '../litellm-config';
import { blocksOf, isKnownKey, nearestKey, PINNED_VERSION } from '../known-keys';
import type { ExtraKeys } from '../model-group';
import { eachDeployment } from './each';
import type { LintSubject, Rule } from './rule';

const LIGHT = `
models:
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true`;
const GOOD = `${LIGHT}
extra:
  general_settings: { user_api_key_cache_ttl: 30 }`;

interface GivenKey {
  readonly block: Block;
  readonly key: string;
  readonly value: unknown;
  readonly place: string;
}

/** Every key that comes through the escape hatch. */
export function extraKeysOf({ extra, models }: Pick<LintSubject, 'extra' | 'models'>): GivenKey[] {
  const of = (block: Block, keys: ExtraKeys | undefined, place: string): GivenKey[] =>
    Object.entries(keys ?? {}).map(([key, value]) => ({ block, key, value, place: `${place}.${block}.${key}` }));
  const wide = (['general_settings', 'litellm_settings', 'router_settings'] as const).flatMap((block) => of(block, extra[block], 'extra'));
  const own = eachDeployment(models).flatMap(({ deployment, place }) =>
    (['litellm_params', 'model_info'] as const).flatMap((block) => of(block, deployment.extra?.[block], `${place}.extra`)),
  );
  return [...wide, ...own];
}

const isTyped = ({ block, key }: GivenKey): boolean => key in BLOCKS[block].shape;
const isMasterKey = ({ key }: GivenKey): boolean => ['master_key', 'dangerously_permit_weak_or_unset_master_key'].includes(key);

/** The rule that lists what came through the escape hatch. */
export const EXTRA_KEY_RULE = 'key-extra';

/** Keys of LiteLLM that have no name here. */
export const KEY_RULES: readonly Rule[] = [
  {
    id: 'master-key-place',
    level: 'error',
    why:
      'LiteLLM reads the master key under general_settings only. Anywhere else it is swallowed, and older versions then take any key: a ' +
      'gateway of a customer stood open that way.',
    link: 'https://github.com/BerriAI/litellm-docs/pull/1184',
    bad: `${LIGHT}
extra:
  litellm_settings: { master_key: os.environ/LITELLM_MASTER_KEY }`,
    good: `${LIGHT}
masterKey: gateway-master-key`,
    check: (subject) =>
      extraKeysOf(subject)
        .filter(isMasterKey)
        .map(({ place }) => ({
          place,
          message: 'the master key is written where LiteLLM reads it. Remove this, and name its secret in masterKey.',
        })),
  },
  {
    id: 'key-unknown',
    level: 'error',
    why: 'LiteLLM swallows keys that it does not know, without a word: the setting would be in the file and not in force.',
    link: 'https://docs.litellm.ai/docs/proxy/config_settings',
    bad: `${LIGHT}
extra:
  general_settings: { user_api_key_cache_tll: 30 }`,
    good: GOOD,
    check: (subject) =>
      extraKeysOf(subject)
        .filter((given) => !isKnownKey(given.block, given.key) && !isMasterKey(given))
        .map(({ block, key, place }) => ({
          place,
          message: `LiteLLM ${PINNED_VERSION} does not know ${key} there. ${adviceOn(block, key)}`,
        })),
  },
  {
    id: 'key-has-a-name',
    level: 'error',
    why: 'It would override silently what the environment file says, and what these rules have looked at.',
    link: 'https://docs.litellm.ai/docs/proxy/config_settings',
    bad: `${LIGHT}
extra:
  router_settings: { cooldown_time: 60 }`,
    good: `${LIGHT}
requests: { cooldownSeconds: 60 }`,
    check: (subject) =>
      extraKeysOf(subject)
        .filter((given) => isTyped(given) && !isMasterKey(given))
        .map(({ key, place }) => ({ place, message: `${key} is written from the settings of the environment file. Change it there.` })),
  },
  {
    id: EXTRA_KEY_RULE,
    level: 'note',
    why: 'Nobody has looked at what it does here: it is listed, so that a reviewer does.',
    link: 'https://docs.litellm.ai/docs/proxy/config_settings',
    bad: GOOD,
    good: LIGHT,
    check: (subject) =>
      extraKeysOf(subject)
        .filter((given) => isKnownKey(given.block, given.key) && !isTyped(given) && !isMasterKey(given))
        .map(({ key, value, place }) => ({ place, message: `${key} is ${JSON.stringify(value)}, which is not checked here.` })),
  },
];

function adviceOn(block: Block, key: string): string {
  const elsewhere = blocksOf(key).filter((other) => other !== block);
  if (elsewhere.length > 0) return `It reads it under ${elsewhere.join(' and ')}.`;
  const near = nearestKey(block, key);
  return near === undefined ? 'Remove it.' : `Did you mean ${near}?`;
}
