import { parse } from 'yaml';
import type { Json, JsonObject, StackElement } from '../../policy/stack';
import type { Draft } from '../draft';
import type { Landscape, Main } from '../landscape';

interface Deployment {
  /** As clients call it. */
  readonly group: string;
  /** With the provider: vertex_ai/gemini-3.8-flash */
  readonly model: string;
  readonly project: string;
  readonly weight: number;
  /** All that is said of it, to look for endpoints in. */
  readonly text: string;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const textAt = (object: JsonObject, key: string): string => (typeof object[key] === 'string' ? object[key] : '');

function deploymentOf(entry: Json): Deployment[] {
  if (!isObject(entry) || !isObject(entry['litellm_params'])) return [];
  const given = entry['litellm_params'];
  const weight = typeof given['weight'] === 'number' ? given['weight'] : 1;
  return [
    {
      group: textAt(entry, 'model_name'),
      model: textAt(given, 'model'),
      project: textAt(given, 'vertex_project'),
      weight,
      text: JSON.stringify(given),
    },
  ];
}

/** The models in a configuration of LiteLLM, where a text holds one: YAML, maybe after a line with its path. */
function deploymentsIn(text: string): Deployment[] {
  const at = text.search(/^model_list:/m);
  if (at < 0) return [];
  try {
    const document: Json = parse(text.slice(at));
    const list = isObject(document) ? document['model_list'] : undefined;
    return Array.isArray(list) ? (list as Json[]).flatMap(deploymentOf) : [];
  } catch {
    // Not YAML, or only a part of it: then nothing is known of its models.
    return [];
  }
}

const VENDORS: Readonly<Record<string, string>> = {
  vertex_ai: 'Vertex AI',
  gemini: 'Gemini API',
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  azure: 'Azure OpenAI',
  bedrock: 'Amazon Bedrock',
};

/** 95 % gemini-3.8-flash, 5 % gemini-4-argon: shares of what clients call by one name. */
function sharesOf(deployments: readonly Deployment[]): string[] {
  const groups = [...new Set(deployments.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const members = deployments.filter((deployment) => deployment.group === group);
    const total = members.reduce((sum, { weight }) => sum + weight, 0);
    return members.map(({ model, weight }) => {
      const share = members.length === 1 || total === 0 ? '' : `${Math.round((100 * weight) / total)} % `;
      return `${share}${model.replace(/^[^/]+\//, '')}`;
    });
  });
}

/** LiteLLM's prefix of a provider. A bare name is one of OpenAI's. */
const vendorOf = (model: string): string => (model.includes('/') ? model.split('/')[0]! : 'openai');

function drawManaged(draft: Draft, from: Main, deployments: readonly Deployment[], perimeters: ReadonlyMap<string, string>): void {
  const vendors = [...new Set(deployments.map(({ model }) => vendorOf(model)))];
  for (const vendor of vendors) {
    const of = deployments.filter(({ model }) => vendorOf(model) === vendor);
    const project = of.find((deployment) => deployment.project !== '')?.project ?? '';
    const id = `models:${vendor}${project === '' ? '' : `:${project}`}`;
    const lines = [...(draft.boxes.get(id)?.lines ?? []), ...sharesOf(of)];
    const box = { id, kind: 'models' as const, what: VENDORS[vendor] ?? vendor, title: 'Managed models', folded: [], keys: [], project };
    draft.add({ ...box, lines: [...new Set(lines)], frame: perimeters.get(project) });
    draft.connect({ from: from.id, to: id, flow: 'data', label: 'prompts', because: `the configuration of ${from.resource.address}` });
  }
}

/** Managed models that a gateway sends prompts to, and the names by which it calls endpoints, from the configuration that it carries. */
export function drawModels(draft: Draft, landscape: Landscape, perimeters: ReadonlyMap<string, string>): void {
  for (const from of landscape.mains.filter(({ type }) => type.kind === 'service' || type.kind === 'job')) {
    const deployments = landscape.reachOf(from).texts.flatMap(deploymentsIn);
    const managed = deployments.filter(({ text }) => landscape.mentioned(text, from.resource.stack).length === 0);
    if (managed.length > 0) drawManaged(draft, from, managed, perimeters);
  }
  for (const served of landscape.resources().flatMap(servedBy)) {
    for (const main of landscape.mains.filter(({ names }) => names.includes(served.endpoint)))
      draft.change(main.id, () => ({ lines: served.lines }));
  }
}

/** What is deployed to an endpoint, with its traffic: the specification that a reconciler carries out. */
function servedBy(resource: StackElement): { endpoint: string; lines: string[] }[] {
  if (resource.type !== 'terraform_data') return [];
  const replaces = resource.json['triggers_replace'];
  const spec = isObject(replaces) ? replaces['spec'] : undefined;
  if (!isObject(spec) || !Array.isArray(spec['models']) || !isObject(spec['traffic'])) return [];
  const traffic = spec['traffic'];
  const models = (spec['models'] as Json[]).filter(isObject).map((model) => {
    const share = traffic[textAt(model, 'id')];
    return { share: typeof share === 'number' ? share : 0, name: textAt(model, 'model').replace(/^.*\//, '') };
  });
  return [
    {
      endpoint: textAt(spec, 'endpoint'),
      lines: models.sort((one, other) => other.share - one.share).map(({ share, name }) => `${share} % ${name}`),
    },
  ];
}
