import { type Block, type TypeFacts } from '../schema/types';
import { type Store } from '../store';
import { complete } from './compute';
import { type Diagnostic, failure } from './diagnostics';
import { conform } from './blocks';
import { idOf, keyOf } from './identity';
import { knownSettings, type Settings } from './settings';
import { UNKNOWN, type ObjectValue, type Value } from './values';

/**
 * Reads a data source: the stored object of the type of the same name. Where there is none, what its templates make of the configuration;
 * a type without templates is an object that must exist.
 */
export function readData(
  facts: TypeFacts,
  config: ObjectValue,
  settings: Settings,
  store: Store,
  now: () => Date,
): { state: ObjectValue | null; diagnostics: readonly Diagnostic[] } {
  const id = idOf(facts, config, settings);
  const stored = store.get(keyOf(facts, id, config, settings));
  if (stored === undefined && Object.keys(facts.computes).length === 0) {
    const detail = `There is no ${facts.type} ${id} in this rehearsal. A stack that makes it must come first, or the configuration names another one.`;
    return { state: null, diagnostics: [failure(`${facts.type} was not found`, detail)] };
  }
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
  const known = conform(facts.block, { ...(stored?.attributes as ObjectValue | undefined), ...given });
  const open = stored === undefined ? withUnknowns(facts.block, known) : known;
  const created = stored?.created ?? now().toISOString();
  const { object } = complete(facts, open, { settings: knownSettings(settings), created, next: (counter) => store.next(counter) });
  return { state: object, diagnostics: [] };
}

/** What is computed and not given is open until the templates decide it. */
function withUnknowns(block: Block, object: ObjectValue): ObjectValue {
  const open: Record<string, Value> = { ...object };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.computed && object[name] === null) open[name] = UNKNOWN;
  }
  return open;
}
