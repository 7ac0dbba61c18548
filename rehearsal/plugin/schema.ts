import { type Block, type NestedBlock, type TypeFacts } from '../schema/types';

const NESTING = { single: 'SINGLE', list: 'LIST', set: 'SET' } as const;

/** The schema half of the facts, as the protocol has it. */
export function schemaMessage(block: Block, version = 0): object {
  return { version, block: blockMessage(block) };
}

export const schemaMessages = (types: Iterable<TypeFacts>): Record<string, object> =>
  Object.fromEntries([...types].map((facts) => [facts.type, schemaMessage(facts.block, facts.schemaVersion)]));

function blockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required === true,
      optional: attribute.optional === true,
      computed: attribute.computed === true,
      sensitive: attribute.sensitive === true,
      deprecated: attribute.deprecated === true,
      write_only: attribute.writeOnly === true,
    })),
    block_types: Object.entries(block.blocks).map(([name, nested]) => nestedMessage(name, nested)),
  };
}

function nestedMessage(name: string, nested: NestedBlock): object {
  return {
    type_name: name,
    nesting: NESTING[nested.nesting],
    // A single block has no number of items.
    min_items: nested.nesting === 'single' ? 0 : nested.minItems,
    max_items: nested.nesting === 'single' ? 0 : nested.maxItems,
    block: blockMessage(nested.block),
  };
}
