import { deploymentId } from '../model-list';
import { eachDeployment } from './each';
import type { Rule } from './rule';

/** Shares of a group, and what its deployments may be sent. */
export const TRAFFIC_RULES: readonly Rule[] = [
  {
    id: 'no-models',
    level: 'error',
    why: 'A gateway without model groups answers every request with 400, and looks healthy.',
    link: 'https://docs.litellm.ai/docs/proxy/configs',
    bad: 'models: {}',
    good: `
models:
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true`,
    check: ({ models }) => (Object.keys(models).length > 0 ? [] : [{ place: 'models', message: 'there is no model group. Add one.' }]),
  },
  {
    id: 'traffic-sum',
    level: 'error',
    why: 'LiteLLM takes the numbers for weights: 95 and 50 would be 66 % and 34 %, and nobody would notice.',
    link: 'https://docs.litellm.ai/docs/proxy/load_balancing',
    bad: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 95 }
      - { provider: managed, model: gemini-3.8-flash, traffic: 50 }
    lastResort: true`,
    good: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 95 }
      - { provider: managed, model: gemini-3.8-flash, traffic: 5 }
    lastResort: true`,
    check: ({ models }) =>
      Object.entries(models).flatMap(([name, { deployments }]) => {
        const sum = deployments.reduce((total, { traffic }) => total + traffic, 0);
        if (sum === 100) return [];
        const shares = deployments.map(({ source, traffic }) => `${source.base} ${traffic}`).join(', ');
        return [{ place: `models.${name}.deployments`, message: `the traffic sums to ${sum}: ${shares}. Make it 100.` }];
      }),
  },
  {
    id: 'traffic-zero',
    level: 'warning',
    why: 'Weight 0 is not none: when all other deployments of the group cool down after an error, LiteLLM sends this one everything.',
    link: 'https://github.com/BerriAI/litellm/blob/main/litellm/router_strategy/simple_shuffle.py',
    bad: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 100 }
      - { provider: managed, model: gemini-3.8-flash, traffic: 0 }
    lastResort: true`,
    good: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 100 }
    lastResort: true`,
    check: ({ models }) =>
      eachDeployment(models)
        .filter(({ deployment }) => deployment.traffic === 0)
        .map(({ place, deployment }) => ({
          place: `${place}.traffic`,
          message: `0 keeps requests from ${deployment.source.base} only while another deployment is healthy. Remove the deployment, or mean it.`,
        })),
  },
  {
    id: 'deployment-twice',
    level: 'error',
    why: 'Two deployments of one group with one identity share their cool-down and their statistics: LiteLLM takes them for one.',
    link: 'https://docs.litellm.ai/docs/proxy/load_balancing',
    bad: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 50 }
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 50 }
    lastResort: true`,
    good: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 100 }
    lastResort: true`,
    check: ({ models }) => {
      const ids = eachDeployment(models).map((each) => ({ ...each, id: deploymentId(each.group, each.deployment) }));
      return ids
        .filter(({ id }, index) => ids.findIndex((other) => other.id === id) < index)
        .map(({ place, deployment: { source } }) => ({
          place,
          message: `${source.base} in ${source.place} is in the group already. Add up their traffic.`,
        }));
    },
  },
  {
    id: 'cap-too-low',
    level: 'error',
    why: 'Caps below what clients need turn the busiest hour into a row of 429, and the fallback takes what it was not sized for.',
    link: 'https://docs.litellm.ai/docs/proxy/load_balancing',
    bad: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, caps: { requestsPerMinute: 100 } }
    expected: { requestsPerMinute: 600 }
    lastResort: true`,
    good: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, caps: { requestsPerMinute: 900 } }
    expected: { requestsPerMinute: 600 }
    lastResort: true`,
    check: ({ models }) =>
      eachDeployment(models).flatMap(({ place, deployment, settings: { expected } }) =>
        (['requestsPerMinute', 'tokensPerMinute'] as const).flatMap((kind) => {
          const [cap, needed] = [deployment.caps?.[kind], expected?.[kind]];
          const share = needed === undefined ? undefined : Math.ceil((needed * deployment.traffic) / 100);
          if (cap === undefined || share === undefined || cap >= share) return [];
          const message = `${cap} is less than its share of what is expected: ${deployment.traffic} % of ${needed} are ${share}. Raise it.`;
          return [{ place: `${place}.caps.${kind}`, message }];
        }),
      ),
  },
  {
    id: 'limit-without-redis',
    level: 'error',
    why: 'Without Redis each instance counts for itself: with three of them, a cap of 60 a minute lets 180 through.',
    link: 'https://docs.litellm.ai/docs/proxy/load_balancing',
    bad: `
scale: { min: 1, max: 3 }
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, caps: { requestsPerMinute: 60 } }
    lastResort: true`,
    good: `
scale: { min: 1, max: 1 }
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, caps: { requestsPerMinute: 60 } }
    lastResort: true`,
    check: ({ needsRedis, redis, instances = 1 }) =>
      redis || instances <= 1 || needsRedis.length === 0
        ? []
        : [
            {
              place: 'models',
              message: `${instances} instances count these for themselves: ${needsRedis.join('; ')}. Add Redis, remove the caps, or run one instance.`,
            },
          ],
  },
];
