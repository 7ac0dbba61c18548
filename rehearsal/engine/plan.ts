import { evaluate, attributesIn } from '../overlay/templates';
import { type Attribute, type Block, type CtyType, type NestedBlock, type TypeFacts } from '../schema/types';
import { normalized, sameValue } from './alike';
import { absent, noneOf } from './blocks';
import { type Diagnostic, failure, type Path } from './diagnostics';
import { equalBlocks, equalNested } from './equality';
import { planLabels } from './labels';
import { changeAt, valuesAt } from './paths';
import { replacePaths } from './replace';
import { knownSettings, type Settings } from './settings';
import { elementsOf, isBlank, isList, isObject, isUnknown, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from './values';

export interface PlanInput {
  readonly facts: TypeFacts;
  readonly config: ObjectValue;
  /** Null: the object is to be made. */
  readonly prior: ObjectValue | null;
  readonly settings: Settings;
  /**
   * Plan as the providers' old SDK does, to whom Terraform grants exceptions: defaults on attributes that are not computed, blocks and sets
   * that are unknown as a whole, `""` for null in blocks of a set. Without, each plan keeps to the letter of Terraform's rules.
   */
  readonly habits: boolean;
}

export interface Plan {
  readonly planned: ObjectValue;
  readonly requiresReplace: readonly Path[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans a create or an update. A pure function: the same input gives the same plan, however often Terraform asks. */
export function plan(input: PlanInput): Plan {
  const { facts, prior, settings } = input;
  const walked = planBlock(facts.block, input.config, prior, { habits: input.habits, inSet: false });
  const { object, diagnostics } = settle(input, walked);
  const labelled = (facts.labels ?? []).reduce<ObjectValue>(
    (next, merge) => ({ ...next, ...planLabels(merge, next, prior, settings) }),
    object,
  );
  const planned = planKnown(input, labelled);
  if (prior === null) return { planned, requiresReplace: [], diagnostics };
  if (!equalBlocks(facts.block, prior, withTimeouts(planned, prior))) {
    return { planned, requiresReplace: replacePaths(facts, prior, planned), diagnostics };
  }
  // The SDK does not see that timeouts alone have changed.
  return { planned: input.habits ? prior : withTimeouts(prior, planned), requiresReplace: [], diagnostics };
}

const withTimeouts = (object: ObjectValue, { timeouts }: ObjectValue): ObjectValue =>
  timeouts === undefined ? object : { ...object, timeouts };

interface Walk {
  readonly habits: boolean;
  readonly inSet: boolean;
}

/** `prior` is null where there was no such block: then what is computed is unknown. */
function planBlock(block: Block, config: ObjectValue, prior: ObjectValue | null, walk: Walk): ObjectValue {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(attribute, config[name] ?? null, prior === null ? undefined : (prior[name] ?? null), walk);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = planNested(nested, config[name] ?? absent(nested), prior === null ? undefined : (prior[name] ?? absent(nested)), walk);
  }
  return planned;
}

function planAttribute(attribute: Attribute, config: Value, prior: Value | undefined, { habits, inSet }: Walk): Value {
  if (attribute.writeOnly) return null;
  if (config !== null) {
    if (habits && isCollection(attribute.type) && !isWhollyKnown(config)) return UNKNOWN;
    if (prior !== undefined && prior !== null && sameValue(attribute, prior, config)) return prior;
    return habits ? normalized(attribute, config) : config;
  }
  if (attribute.default !== undefined && habits) return attribute.default;
  if (attribute.computed) return prior === undefined ? UNKNOWN : prior;
  if (habits && inSet) return blankInSet(attribute.type);
  if (!habits || prior === undefined || prior === null) return null;
  // The SDK leaves an empty collection where one is gone from the configuration.
  return isBlank(prior) ? prior : noneOf(attribute.type);
}

const isCollection = (type: CtyType): boolean => Array.isArray(type) && type[0] !== 'object';

/** What the SDK makes of null in a block of a set. */
function blankInSet(type: CtyType): Value {
  if (type === 'string') return '';
  return Array.isArray(type) && (type[0] === 'list' || type[0] === 'set') ? [] : null;
}

function planNested(nested: NestedBlock, config: Value, prior: Value | undefined, walk: Walk): Value {
  if (isUnknown(config)) return UNKNOWN;
  if (walk.habits && nested.computed && isBlankBlock(config)) return prior === undefined ? UNKNOWN : prior;
  const before = elementsOf(prior);
  if (nested.nesting === 'single') return isObject(config) ? planBlock(nested.block, config, before[0] ?? null, walk) : null;
  const elements = isList(config) ? config : [];
  if (nested.nesting === 'list') {
    return elements.map((element, index) => (isObject(element) ? planBlock(nested.block, element, before[index] ?? null, walk) : element));
  }
  const planned = planSet(nested.block, elements, [...before], { ...walk, inSet: true });
  return prior !== undefined && isList(prior) && equalNested(nested, prior, planned) ? prior : planned;
}

const isBlankBlock = (value: Value) => value === null || (isList(value) && value.length === 0);

/** Elements of a set have no index: each takes over what is computed from the prior element that says the same otherwise. */
function planSet(block: Block, elements: readonly Value[], left: ObjectValue[], walk: Walk): Value[] {
  return elements.map((element) => {
    if (!isObject(element)) return element;
    const index = left.findIndex((candidate) => {
      const merged = planBlock(block, element, candidate, walk);
      return equalBlocks(block, merged, candidate);
    });
    const [prior = null] = index < 0 ? [] : left.splice(index, 1);
    return planBlock(block, element, prior, walk);
  });
}

/** What the provider's own settings decide while planning. */
function settle({ facts, config, prior, settings }: PlanInput, planned: ObjectValue): { object: ObjectValue; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  if (prior !== null) return { object: planned, diagnostics };
  const settled: Record<string, Value> = {};
  for (const name of facts.plannedFromProvider ?? []) {
    if ((config[name] ?? null) !== null) continue;
    const value = settings[name];
    if (value !== undefined) settled[name] = value;
    else
      diagnostics.push(
        failure(`${name} is missing`, `Set ${name} in this ${facts.type}, or in the configuration of provider ${facts.provider}.`, [name]),
      );
  }
  return { object: { ...planned, ...settled }, diagnostics };
}

/** What the provider works out while planning, as soon as all of it is known. */
function planKnown({ facts, prior, settings }: PlanInput, planned: ObjectValue): ObjectValue {
  const known = knownSettings(settings);
  return (facts.known ?? []).reduce((object, path) => {
    const template = facts.computes[path];
    if (template === undefined) return object;
    const names = attributesIn(template);
    const changed =
      prior === null || names.some((name) => JSON.stringify(valuesAt(prior, name)) !== JSON.stringify(valuesAt(object, name)));
    if (!changed) return object;
    const ready = names.every((name) => name in known || valuesAt(object, name).every((value) => isWhollyKnown(value) && value !== null));
    const value = ready ? (evaluate(template, { attributes: object, settings: known, ...NOTHING_YET }) as Value) : UNKNOWN;
    return changeAt(object, path, (before) => (prior === null && before !== null && !isUnknown(before) ? before : value));
  }, planned);
}

/** A plan has no object, so a template that needs one cannot be worked out here: that is a mistake in an overlay. */
const NOTHING_YET = {
  seed: '',
  created: '',
  counter: (): number => {
    throw new Error('a counter cannot be known while planning');
  },
};
