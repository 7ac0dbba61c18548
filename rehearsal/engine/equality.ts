import { type Block, type CtyType, type NestedBlock } from '../schema/types';
import { isBlank, isList, isObject, isUnknown, type Value } from './values';

/** Equal as the providers' SDK sees it: null and zero values are the same, sets have no order. An unknown equals only an unknown. */
export function equal(type: CtyType, a: Value | undefined, b: Value | undefined): boolean {
  if (a === b || (isBlank(a) && isBlank(b))) return true;
  if (a === null || b === null || a === undefined || b === undefined || isUnknown(a) || isUnknown(b)) return false;
  if (type === 'number') return sameNumber(a, b);
  if (typeof type === 'string') return JSON.stringify(a) === JSON.stringify(b);
  const [kind, inner] = type;
  if (kind === 'list' || kind === 'set') {
    const same = (x: Value, y: Value) => equal(inner, x, y);
    return isList(a) && isList(b) && (kind === 'list' ? sameList(a, b, same) : sameSet(a, b, same));
  }
  if (!isObject(a) || !isObject(b)) return false;
  if (kind === 'map') {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(inner, a[key], b[key]));
  }
  return Object.entries(inner).every(([key, attribute]) => equal(attribute, a[key], b[key]));
}

export function equalBlocks(block: Block, a: Value | undefined, b: Value | undefined): boolean {
  if (a === b || (isBlank(a) && isBlank(b))) return true;
  if ((a !== null && a !== undefined && !isObject(a)) || (b !== null && b !== undefined && !isObject(b))) return false;
  return (
    Object.entries(block.attributes).every(([name, { type }]) => equal(type, a?.[name], b?.[name])) &&
    Object.entries(block.blocks).every(([name, nested]) => equalNested(nested, a?.[name], b?.[name]))
  );
}

export function equalNested(nested: NestedBlock, a: Value | undefined, b: Value | undefined): boolean {
  if (nested.nesting === 'single') return equalBlocks(nested.block, a, b);
  if (a === b || (isBlankList(a) && isBlankList(b))) return true;
  const same = (x: Value, y: Value) => equalBlocks(nested.block, x, y);
  return isList(a) && isList(b) && (nested.nesting === 'list' ? sameList(a, b, same) : sameSet(a, b, same));
}

const isBlankList = (value: Value | undefined) => value === null || value === undefined || (isList(value) && value.length === 0);

/** Numbers can come as numbers or, where those lose digits, as decimal text. */
function sameNumber(a: Value, b: Value): boolean {
  return String(a) === String(b) || (typeof a !== typeof b && Number.isSafeInteger(Number(a)) && Number(a) === Number(b));
}

type Same = (a: Value, b: Value) => boolean;

const sameList = (a: readonly Value[], b: readonly Value[], same: Same) =>
  a.length === b.length && a.every((item, index) => same(item, b[index] as Value));

function sameSet(a: readonly Value[], b: readonly Value[], same: Same): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((item) => {
    const index = left.findIndex((other) => same(item, other));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}
