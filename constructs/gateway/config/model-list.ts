import type { ModelEntry } from './litellm-config';
import type { ModelDeployment, ModelGroup, ModelGroups, Requests } from './model-group';
import { safetyParameters } from './safety';

const PER_MILLION = 1_000_000;

/** Tells deployments apart in metrics and spend, and in the review of a change of traffic: GROUP/MODEL@PLACE. */
export const deploymentId = (group: string, { source }: ModelDeployment): string => `${group}/${source.base}@${source.place}`;

/** One entry a deployment; entries of one name are a group. */
export const modelList = (groups: ModelGroups, requests: Requests): ModelEntry[] =>
  Object.entries(groups).flatMap(([name, group]) => group.deployments.map((deployment) => entry(name, group, deployment, requests)));

function entry(name: string, group: ModelGroup, deployment: ModelDeployment, requests: Requests): ModelEntry {
  const { source, caps, price, extra, traffic, maxInputTokens } = deployment;
  const params = {
    ...source.parameters,
    // Always written: without a weight, LiteLLM takes the caps for weights.
    weight: traffic,
    rpm: caps?.requestsPerMinute,
    tpm: caps?.tokensPerMinute,
    max_parallel_requests: caps?.parallelRequests,
    timeout: group.timeoutSeconds ?? requests.timeoutSeconds,
    // Or the client library beneath would try again too, each time.
    max_retries: 0 as const,
    input_cost_per_token: price && price.input / PER_MILLION,
    output_cost_per_token: price && price.output / PER_MILLION,
    ...(source.isGemini ? safetyParameters({ ...requests.safety, ...group.safety }) : {}),
    ...extra?.litellm_params,
  };
  const info = {
    id: deploymentId(name, deployment),
    // A tuned model has a number for a name: prices and limits go by what it was tuned from.
    base_model: source.kind === 'tuned-gemini' ? source.pricedAs : undefined,
    max_input_tokens: maxInputTokens,
    ...extra?.model_info,
  };
  return { model_name: name, litellm_params: params, model_info: info };
}
