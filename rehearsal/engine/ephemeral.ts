import { randomInt } from 'node:crypto';
import { type TypeFacts } from '../schema/types';
import { type SecretLedger } from '../ledger';
import { complete } from './compute';
import { type Diagnostic } from './diagnostics';
import { drawPassword, passwordProblems } from './password';
import { knownSettings, type Settings } from './settings';
import { UNKNOWN, type ObjectValue, type Value } from './values';

/** What a type does beyond its templates. */
interface Behaviour {
  problems(config: ObjectValue): Diagnostic[];
  open(config: ObjectValue): ObjectValue;
}

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  random_password: { problems: passwordProblems, open: (options) => ({ result: drawPassword(options) }) },
};

/** What is wrong with the configuration of an ephemeral resource beyond its schema. */
export const ephemeralProblems = (facts: TypeFacts, config: ObjectValue): Diagnostic[] => BEHAVIOURS[facts.type]?.problems(config) ?? [];

/** Opens an ephemeral resource: a new value each time. Every secret in it goes into the ledger. */
export function openEphemeral(
  facts: TypeFacts,
  config: ObjectValue,
  settings: Settings,
  ledger: SecretLedger,
  now: () => Date,
): ObjectValue {
  const open: Record<string, Value> = { ...config };
  for (const [name, attribute] of Object.entries(facts.block.attributes)) {
    if ((config[name] ?? null) === null) open[name] = attribute.default ?? (attribute.computed ? UNKNOWN : null);
  }
  const { object } = complete(facts, open, {
    settings: knownSettings(settings),
    created: now().toISOString(),
    next: () => randomInt(2 ** 47),
  });
  const result = { ...object, ...BEHAVIOURS[facts.type]?.open(object) };
  for (const [name, attribute] of Object.entries(facts.block.attributes)) {
    const value: Value = result[name] ?? null;
    if (attribute.sensitive && typeof value === 'string') ledger.record(value, `ephemeral ${facts.type}.${name}`);
  }
  return result;
}
