import { assessModel } from '../../../model-catalog';
import { isPriced } from '../known-keys';
import { eachDeployment } from './each';
import type { Rule } from './rule';

/** Models themselves: whether they are there, what they cost, what they take. */
export const MODEL_RULES: readonly Rule[] = [
  {
    id: 'model-lifecycle',
    level: 'error',
    why: 'A retired model answers 404 to every request, and its group lives from its fallback: at another price, with another quality.',
    link: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/model-versions',
    bad: `
models:
  light:
    deployments: [{ provider: tuned-gemini, endpointId: '1234567890', location: europe-west4, baseModel: gemini-2.5-flash }]
    lastResort: true`,
    good: `
models:
  light:
    deployments: [{ provider: tuned-gemini, endpointId: '1234567890', location: europe-west4, baseModel: gemini-3.5-flash-lite }]
    lastResort: true`,
    check: ({ models, today }) =>
      eachDeployment(models)
        // The catalogue knows Vertex AI's dates; AI Studio has later ones.
        .filter(({ deployment: { source } }) => source.kind === 'gemini' || source.kind === 'tuned-gemini')
        .flatMap(({ place, deployment: { source } }) =>
          assessModel(source.base, { today, location: source.kind === 'gemini' ? source.place : undefined })
            .findings.filter(({ code }) => ['retired', 'retiring', 'wrong-location', 'experimental'].includes(code))
            .map(({ level, message }) => ({ place, level, message })),
        ),
  },
  {
    id: 'price-unknown',
    level: 'warning',
    why: 'Without a price LiteLLM books every request with 0 dollars: spend looks small, and no budget is ever used up.',
    link: 'https://docs.litellm.ai/docs/proxy/custom_pricing',
    bad: `
models:
  light:
    deployments: [{ provider: partner, model: claude-tomorrow-9, location: global }]
    lastResort: true`,
    good: `
models:
  light:
    deployments: [{ provider: partner, model: claude-tomorrow-9, location: global, price: { input: 3, output: 15 } }]
    lastResort: true`,
    check: ({ models }) =>
      eachDeployment(models)
        .filter(({ deployment: { source, price } }) => price === undefined && source.pricedAs !== undefined && !isPriced(source.pricedAs))
        .map(({ place, deployment: { source } }) => ({
          place,
          message: `LiteLLM has no price for ${source.base}: spend would be 0, and budgets would not count it. Give it a price.`,
        })),
  },
  {
    id: 'safety-without-effect',
    level: 'warning',
    why: 'Only Gemini takes safety settings. Elsewhere LiteLLM drops them, and somebody believes that they hold.',
    link: 'https://docs.litellm.ai/docs/providers/vertex',
    bad: `
models:
  light:
    deployments:
      - { provider: managed, model: gemini-3.5-flash-lite, traffic: 50 }
      - { provider: partner, model: claude-sonnet-5, location: global, traffic: 50 }
    safety: { harassment: low-and-above }
    lastResort: true`,
    good: `
models:
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    safety: { harassment: low-and-above }
    lastResort: true`,
    check: ({ models }) =>
      Object.entries(models).flatMap(([name, { safety, deployments }]) => {
        const others = deployments.filter(({ source }) => !source.isGemini).map(({ source }) => source.base);
        if (safety === undefined || others.length === 0) return [];
        const message = `${others.join(', ')} takes none: those requests are not filtered. Give it a group of its own, or remove the settings.`;
        return [{ place: `models.${name}.safety`, message }];
      }),
  },
  {
    id: 'key-in-clear',
    level: 'error',
    why: 'The key of the server would go over the network for everybody to read.',
    link: 'https://docs.litellm.ai/docs/providers/openai_compatible',
    bad: `
models:
  light:
    deployments:
      - { provider: openai-compatible, model: llama3, url: 'http://vllm.example/v1', key: anthropic-api-key }
    lastResort: true`,
    good: `
models:
  light:
    deployments:
      - { provider: openai-compatible, model: llama3, url: 'https://vllm.example/v1', key: anthropic-api-key }
    lastResort: true`,
    check: ({ models }) =>
      eachDeployment(models)
        .filter(({ deployment: { source } }) => source.key !== undefined && source.parameters.api_base?.startsWith('http:'))
        .map(({ place }) => ({ place: `${place}.url`, message: 'it has a key and no TLS. Write https, or remove the key.' })),
  },
];
