import { type TypeFacts } from '../schema/types';
import { type Store } from '../store';
import { conform } from './blocks';
import { type Diagnostic, failure } from './diagnostics';
import { importCandidates, keyOf } from './identity';
import { type Settings } from './settings';
import { type ObjectValue, type Value } from './values';

/**
 * What an import knows before the read that follows it: the id, and what only the client has, which is at its default. So a protection
 * against deletion is on, and nothing is managed of the labels.
 */
export function importObject(
  facts: TypeFacts,
  text: string,
  settings: Settings,
  store: Store,
): { state: ObjectValue | null; diagnostics: readonly Diagnostic[] } {
  if (facts.importIds.length === 0) {
    return { state: null, diagnostics: [failure(`${facts.type} cannot be imported`, 'The provider has no import for this type.')] };
  }
  const candidates = importCandidates(facts, text, settings);
  if (candidates.length === 1) {
    const forms = facts.importIds.join(', ');
    return {
      state: null,
      diagnostics: [failure(`Import id of another form`, `'${text}' is no import id of ${facts.type}; allowed: ${forms}`)],
    };
  }
  const found = candidates.find(({ id, attributes }) => store.get(keyOf(facts, id, attributes, settings)) !== undefined) ?? candidates[1];
  const defaults: Record<string, Value> = {};
  for (const name of facts.clientOnly) {
    const fallback = facts.block.attributes[name]?.default;
    if (fallback !== undefined) defaults[name] = fallback;
  }
  return { state: conform(facts.block, { ...found?.attributes, ...defaults, id: found?.id ?? text }), diagnostics: [] };
}
