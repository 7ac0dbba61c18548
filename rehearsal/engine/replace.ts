import { BlockList } from 'node:net';
import { type Attribute, type Block, type NestedBlock, type TypeFacts } from '../schema/types';
import { type Path } from './diagnostics';
import { equal, equalNested } from './equality';
import { elementsOf, isBlank, isUnknown, type ObjectValue, type Value } from './values';

/** What a change of the planned object replaces. Attributes only; inside a set, which has no paths, the set itself. */
export function replacePaths(facts: TypeFacts, prior: ObjectValue, planned: ObjectValue): Path[] {
  return inBlock(facts.block, prior, planned, [], !facts.hasUpdate);
}

function inBlock(block: Block, prior: ObjectValue, planned: ObjectValue, at: Path, forced: boolean): Path[] {
  const attributes = Object.entries(block.attributes)
    .filter(([name, attribute]) => replaces(attribute, forced, prior[name] ?? null, planned[name] ?? null))
    .map(([name]) => [...at, name]);
  const nested = Object.entries(block.blocks)
    .filter(([name]) => !(at.length === 0 && name === 'timeouts'))
    .flatMap(([name, inner]) =>
      inNested(inner, prior[name] ?? null, planned[name] ?? null, [...at, name], forced || inner.forceNew === true),
    );
  return [...attributes, ...nested];
}

function inNested(nested: NestedBlock, prior: Value, planned: Value, at: Path, forced: boolean): Path[] {
  if (equalNested(nested, prior, planned)) return [];
  if (isUnknown(planned) || nested.nesting === 'set') return forced || nested.forceNewCount || canReplace(nested.block) ? [at] : [];
  const before = elementsOf(prior);
  const after = elementsOf(planned);
  const own = (forced || nested.forceNewCount) && before.length !== after.length ? [at] : [];
  const length = Math.max(before.length, after.length);
  const inner = Array.from({ length }, (_, index) =>
    inBlock(nested.block, before[index] ?? {}, after[index] ?? {}, nested.nesting === 'list' ? [...at, index] : at, forced),
  );
  return [...own, ...inner.flat()];
}

const canReplace = (block: Block): boolean =>
  Object.values(block.attributes).some((attribute) => attribute.forceNew) ||
  Object.values(block.blocks).some((nested) => nested.forceNew || nested.forceNewCount || canReplace(nested.block));

function replaces(attribute: Attribute, forced: boolean, prior: Value, planned: Value): boolean {
  if (attribute.writeOnly || (attribute.computed && !attribute.optional) || equal(attribute.type, prior, planned)) return false;
  if (forced || attribute.forceNew) return true;
  switch (attribute.forceNewIf) {
    case 'decreases':
      return Number(planned) < Number(prior);
    case 'removed':
      // The providers take a value that is not known yet for none.
      return !isBlank(prior) && (isBlank(planned) || isUnknown(planned));
    case 'shrinks':
      return typeof prior === 'string' && typeof planned === 'string' && !covers(planned, prior);
    default:
      return false;
  }
}

/** Is the inner range wholly inside the outer one? Text that is no range covers nothing. */
function covers(outer: string, inner: string): boolean {
  const [outerAddress = '', outerPrefix] = outer.split('/');
  const [innerAddress = '', innerPrefix] = inner.split('/');
  if (outerPrefix === undefined || innerPrefix === undefined || Number(outerPrefix) > Number(innerPrefix)) return false;
  try {
    const family = outerAddress.includes(':') ? 'ipv6' : 'ipv4';
    const range = new BlockList();
    range.addSubnet(outerAddress, Number(outerPrefix), family);
    return range.check(innerAddress, family);
  } catch {
    return false;
  }
}
