import type { Rule } from './rule';

const LIGHT = `
models:
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true`;

/** Further names of groups. */
export const ALIAS_RULES: readonly Rule[] = [
  {
    id: 'alias-unknown',
    level: 'error',
    why: 'LiteLLM starts with it, lists the name, and answers 400 to everybody who uses it. An alias of an alias is not followed.',
    link: 'https://docs.litellm.ai/docs/proxy/load_balancing',
    bad: `${LIGHT}
aliases:
  chat: { group: assistant }`,
    good: `${LIGHT}
aliases:
  chat: { group: light }`,
    check: ({ models, aliases }) =>
      Object.entries(aliases)
        .filter(([, { group }]) => !models[group])
        .map(([name, { group }]) => {
          const behind = aliases[group]?.group;
          const advice = behind ? `That is an alias too: write ${behind}.` : `There are: ${Object.keys(models).join(', ')}.`;
          return { place: `aliases.${name}.group`, message: `${group} is not a group. ${advice}` };
        }),
  },
  {
    id: 'alias-shadows',
    level: 'error',
    why: 'LiteLLM looks among aliases first: a group of the same name would never be asked.',
    link: 'https://docs.litellm.ai/docs/proxy/load_balancing',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light]
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true
aliases:
  assistant: { group: light }`,
    good: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light]
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true
aliases:
  chat: { group: assistant }`,
    check: ({ models, aliases }) =>
      Object.keys(aliases)
        .filter((name) => models[name])
        .map((name) => ({ place: `aliases.${name}`, message: `${name} is a group too, which it would hide. Rename one of them.` })),
  },
];
