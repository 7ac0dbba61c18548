import { type Block, type CtyType, type NestedBlock } from '../schema/types';
import { isList, isObject, isUnknown, type ObjectValue, type Value } from './values';

/** What stands for a nested block that is not there. */
export const absent = (nested: NestedBlock): Value => (nested.nesting === 'single' ? null : []);

/** An attribute that nobody has given a value: an empty collection, or null. */
export const noneOf = (type: CtyType): Value => {
  if (!Array.isArray(type) || type[0] === 'object') return null;
  return type[0] === 'map' ? {} : [];
};

/** A value in the exact form of its type: text for a number where text is wanted, every attribute of an object there. */
export function conformValue(type: CtyType, value: Value): Value {
  if (value === null || isUnknown(value)) return value;
  if (type === 'string') return typeof value === 'object' ? value : String(value);
  if (type === 'bool') return value === 'true' ? true : value === 'false' ? false : value;
  if (typeof type === 'string') return value;
  const [kind, inner] = type;
  if (kind === 'object') {
    const given = isList(value) ? value[0] : value;
    if (!isObject(given)) return null;
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, conformValue(one, given[name] ?? null)]));
  }
  if (kind === 'map') {
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, conformValue(inner, one)])) : value;
  }
  return (isList(value) ? value : [value]).map((one) => conformValue(inner, one));
}

/** An object with exactly the attributes and blocks of its schema: what is missing becomes null or empty, what is too much is dropped. */
export function conform(block: Block, value: ObjectValue): ObjectValue {
  const result: Record<string, Value> = {};
  for (const [name, { type }] of Object.entries(block.attributes)) result[name] = conformValue(type, value[name] ?? null);
  for (const [name, nested] of Object.entries(block.blocks)) result[name] = conformNested(nested, value[name] ?? null);
  return result;
}

export function conformNested(nested: NestedBlock, value: Value): Value {
  if (value === null) return absent(nested);
  if (isUnknown(value)) return value;
  const inner = (element: Value) => (isObject(element) ? conform(nested.block, element) : element);
  if (nested.nesting === 'single') return inner(isList(value) ? (value[0] ?? null) : value);
  return isList(value) ? value.map(inner) : [inner(value)];
}

/** Rebuilds an object leaf by leaf. */
export function mapLeaves(
  block: Block,
  value: ObjectValue,
  attribute: (value: Value, schema: Block['attributes'][string]) => Value,
  nestedUnknown: (nested: NestedBlock) => Value,
): ObjectValue {
  const result: Record<string, Value> = {};
  for (const [name, schema] of Object.entries(block.attributes)) result[name] = attribute(value[name] ?? null, schema);
  const inner = (nested: NestedBlock) => (element: Value) =>
    isObject(element) ? mapLeaves(nested.block, element, attribute, nestedUnknown) : element;
  for (const [name, nested] of Object.entries(block.blocks)) {
    const given = value[name] ?? absent(nested);
    result[name] = isUnknown(given) ? nestedUnknown(nested) : isList(given) ? given.map(inner(nested)) : inner(nested)(given);
  }
  return result;
}

/**
 * Null inside the blocks of a list or set as the providers' SDK stores it: as the zero value of its type. Single blocks and the top level
 * are spared.
 */
export function zeroNested(block: Block, value: ObjectValue): ObjectValue {
  const nested = Object.entries(block.blocks).map(([name, inner]): [string, Value] => {
    const given = value[name] ?? absent(inner);
    const zeroed = (element: Value) => (isObject(element) ? zeroNested(inner.block, zeroAttributes(inner.block, element)) : element);
    return [name, isList(given) ? given.map(zeroed) : given];
  });
  return { ...value, ...Object.fromEntries(nested) };
}

const zeroAttributes = (block: Block, element: ObjectValue): ObjectValue => ({
  ...element,
  ...Object.fromEntries(
    Object.entries(block.attributes)
      .filter(([name, { writeOnly }]) => !writeOnly && (element[name] ?? null) === null)
      .map(([name, { type }]) => [name, zeroOf(type)]),
  ),
});

function zeroOf(type: CtyType): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (typeof type === 'string') return null;
  return type[0] === 'map' ? {} : type[0] === 'object' ? null : [];
}
