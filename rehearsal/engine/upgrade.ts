import { type Block } from '../schema/types';
import { conform } from './blocks';
import { elementsOf, type ObjectValue } from './values';

/**
 * A state of another version of the provider in the form of this one: what is new is null, what is gone is dropped. Undefined: it has the
 * form already.
 */
export function upgraded(block: Block, state: ObjectValue): ObjectValue | undefined {
  return fits(block, state) ? undefined : conform(block, state);
}

function fits(block: Block, state: ObjectValue): boolean {
  const nested = Object.entries(block.blocks);
  return (
    Object.keys(state).length === Object.keys(block.attributes).length + nested.length &&
    Object.keys(state).every((name) => name in block.attributes || name in block.blocks) &&
    nested.every(([name, { block: inner }]) => elementsOf(state[name]).every((element) => fits(inner, element)))
  );
}
