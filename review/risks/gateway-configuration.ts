import { documentIn } from '../diff';
import { at, isObject, isUnknown, type Plan, type Value } from '../plan';
import { elements, numberAt, textAt, textsIn } from './values';

/** A LiteLLM configuration, as far as rules read it: a `model_list` whose entries share a group's name and split its calls by weight. */
export interface GatewayConfiguration {
  /** Group → model → per cent of the group's calls. Where no entry has a weight they share evenly. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Every model that it may call. */
  readonly models: readonly string[];
  /** Connections of each worker's pool, as `general_settings` says. */
  readonly poolSize?: number;
}

/** The configuration that is in a value, wherever it stands: an argument, a bucket object, a variable, also behind base64. */
export function gatewayConfigurationIn(value: Value, redact: Plan['redact']): GatewayConfiguration | undefined {
  if (typeof value !== 'object' || value === null) return search(value, redact);
  if (!known.has(value)) known.set(value, search(value, redact));
  return known.get(value);
}

/** Several rules ask for the same values. */
const known = new WeakMap<object, GatewayConfiguration | undefined>();

function search(value: Value, redact: Plan['redact']): GatewayConfiguration | undefined {
  for (const text of textsIn(value)) {
    if (!mayHoldModels(text)) continue;
    const document = documentIn(text, redact);
    if (isObject(document?.value) && elements(at(document.value, 'model_list')).length > 0) return read(document.value);
  }
  return undefined;
}

/** Cheap: most values of a plan are short words. */
const mayHoldModels = (text: string): boolean => text.includes('model_list') || (text.length > 100 && /^[A-Za-z0-9+/=\s]+$/.test(text));

function read(document: Value): GatewayConfiguration {
  const entries = elements(at(document, 'model_list')).map((entry) => ({
    group: textAt(entry, 'model_name') ?? '?',
    model: textAt(entry, 'litellm_params', 'model') ?? '?',
    weight: weightOf(at(entry, 'litellm_params', 'weight')),
  }));
  const groups = new Map<string, Map<string, number>>();
  for (const { group } of entries) {
    const members = entries.filter((entry) => entry.group === group);
    const weighted = members.some(({ weight }) => weight !== undefined);
    const total = members.reduce((sum, { weight }) => sum + (weighted ? (weight ?? 0) : 1), 0);
    const shares = new Map<string, number>();
    for (const { model, weight } of members) {
      const share = total === 0 ? 0 : ((weighted ? (weight ?? 0) : 1) / total) * 100;
      shares.set(model, (shares.get(model) ?? 0) + share);
    }
    groups.set(group, shares);
  }
  return {
    groups,
    models: [...new Set(entries.map(({ model }) => model))],
    poolSize: numberAt(document, 'general_settings', 'database_connection_pool_limit'),
  };
}

const weightOf = (value: Value | undefined): number | undefined => (typeof value === 'number' && !isUnknown(value) ? value : undefined);
