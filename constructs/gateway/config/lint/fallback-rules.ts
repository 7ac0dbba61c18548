import { findModel } from '../../../model-catalog';
import type { ModelGroup, ModelGroups } from '../model-group';
import { basesOf, eachFallback, FALLBACK_KINDS } from './each';
import type { Problem, Rule } from './rule';

const LIGHT = `
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true`;
const GOOD = `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light]${LIGHT}`;

/** What comes after a group that fails. */
export const FALLBACK_RULES: readonly Rule[] = [
  {
    id: 'fallback-missing',
    level: 'error',
    why: 'A failing model would be the end of the request. A streaming 429 without a fallback was seen to keep a worker busy for ever (1.83.9).',
    link: 'https://github.com/BerriAI/litellm/issues/26015',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]`,
    good: GOOD,
    check: ({ models }) =>
      Object.entries(models)
        .filter(([, { fallbacks, lastResort }]) => !fallbacks?.length && !lastResort)
        .map(([name]) => ({
          place: `models.${name}`,
          message:
            'it has no fallback. Name groups with another model in fallbacks; or, if others fall back on it, write lastResort: true.',
        })),
  },
  {
    id: 'fallback-unknown',
    level: 'error',
    why: 'LiteLLM starts with it, and finds out when the fallback is needed: the client gets an error about a model that it did not ask for.',
    link: 'https://docs.litellm.ai/docs/proxy/reliability',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [lite]${LIGHT}`,
    good: GOOD,
    check: ({ models, aliases }) =>
      eachFallback(models).flatMap(({ targets, place }) =>
        targets.flatMap((target, index) => {
          if (models[target]) return [];
          const alias = aliases[target];
          const advice = alias ? `That is an alias: write ${alias.group}.` : `There are: ${Object.keys(models).join(', ')}.`;
          return [{ place: `${place}[${index}]`, message: `${target} is not a group. ${advice}` }];
        }),
      ),
  },
  {
    id: 'fallback-repeated',
    level: 'error',
    why: 'A group that has just failed, or is asked already, is no help.',
    link: 'https://docs.litellm.ai/docs/proxy/reliability',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light, assistant]${LIGHT}`,
    good: GOOD,
    check: ({ models }) =>
      eachFallback(models).flatMap(({ group, targets, place }) =>
        targets.flatMap((target, index) => {
          if (target !== group && targets.indexOf(target) === index) return [];
          const what = target === group ? 'the group itself' : `named before, as ${targets.indexOf(target) + 1}`;
          return [{ place: `${place}[${index}]`, message: `${target} is ${what}. Remove it.` }];
        }),
      ),
  },
  {
    id: 'fallback-cycle',
    level: 'error',
    why:
      'Two groups that fall back on each other take each other down: what one cannot serve loads the other, which sends it back. ' +
      'LiteLLM cuts the circle a request only since it remembers what it has tried; before, it went round up to max_fallbacks.',
    link: 'https://sre.google/sre-book/addressing-cascading-failures/',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light]
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    fallbacks: [assistant]`,
    good: GOOD,
    check: ({ models }) => FALLBACK_KINDS.flatMap((kind) => cycles(models, kind)),
  },
  {
    id: 'fallback-same-model',
    level: 'error',
    why: 'What takes a model down, an overload or a retirement, takes down every group that asks it.',
    link: 'https://docs.litellm.ai/docs/proxy/reliability',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light]
  light:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    lastResort: true`,
    good: GOOD,
    check: ({ models }) =>
      Object.entries(models).flatMap(([name, group]) => {
        const targets = (group.fallbacks ?? []).filter((target) => models[target]);
        const own = basesOf(group);
        if (targets.length === 0 || targets.some((target) => basesOf(models[target]!).every((base) => !own.includes(base)))) return [];
        const message = `each fallback asks ${own.join(' or ')} too, which would have failed. Add a group with other models only.`;
        return [{ place: `models.${name}.fallbacks`, message }];
      }),
  },
  {
    id: 'fallback-not-stable',
    level: 'error',
    why: 'A preview or an experiment can be gone tomorrow, without a date: then its fallback serves everybody, so it is generally available.',
    link: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/model-versions',
    bad: `
models:
  pro:
    deployments: [{ provider: managed, model: gemini-3.1-pro-preview }]
    fallbacks: [fast]
  fast:
    deployments: [{ provider: managed, model: gemini-3-flash-preview }]
    fallbacks: [light]${LIGHT}`,
    good: `
models:
  pro:
    deployments: [{ provider: managed, model: gemini-3.1-pro-preview }]
    fallbacks: [light]${LIGHT}`,
    check: ({ models }) =>
      Object.entries(models).flatMap(([name, group]) => {
        const early = basesOf(group).filter((base) => (findModel(base)?.stage ?? 'stable') !== 'stable');
        if (early.length === 0 || (group.fallbacks ?? []).some((target) => models[target] && isStable(models[target]))) return [];
        const message = `${early.join(', ')} is not generally available, and no fallback is certain to be. Name a group with stable models only.`;
        return [{ place: `models.${name}.${group.fallbacks?.length ? 'fallbacks' : 'lastResort'}`, message }];
      }),
  },
  {
    id: 'last-resort',
    level: 'error',
    why: 'A last resort that has fallbacks is none; one that nobody falls back on is a group without a fallback.',
    link: 'https://docs.litellm.ai/docs/proxy/reliability',
    bad: `
models:
  assistant:
    deployments: [{ provider: managed, model: gemini-3.8-flash }]
    fallbacks: [light]
    lastResort: true${LIGHT}`,
    good: GOOD,
    check: ({ models }) => {
      const used = new Set(eachFallback(models).flatMap(({ targets }) => targets));
      return Object.entries(models).flatMap(([name, { lastResort, fallbacks }]): Problem[] => {
        if (!lastResort) return [];
        const place = `models.${name}.lastResort`;
        if (fallbacks?.length) return [{ place, message: `something comes after it: ${fallbacks.join(', ')}. Remove one of the two.` }];
        // The only group has nothing to fall back on, and nobody to be there for.
        if (used.has(name) || Object.keys(models).length === 1) return [];
        return [{ place, message: 'no group falls back on it. Give it a fallback, or name it in the fallbacks of another group.' }];
      });
    },
  },
];

const isStable = (group: ModelGroup): boolean => basesOf(group).every((base) => findModel(base)?.stage === 'stable');

/** One problem a circle, at the group of it that comes first in the file. */
function cycles(models: ModelGroups, kind: (typeof FALLBACK_KINDS)[number]): Problem[] {
  const found: Problem[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name];
      // A group that names itself has a rule of its own.
      if (circle.length > 2) {
        const message = `the fallbacks go round: ${circle.join(' → ')}. Let one of them be a lastResort.`;
        found.push({ place: `models.${name}.${kind}`, message });
      }
      return;
    }
    if (done.has(name)) return;
    for (const target of models[name]?.[kind] ?? []) visit(target, [...path, name]);
    done.add(name);
  };
  for (const name of Object.keys(models)) visit(name, []);
  return found;
}
