type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** What the first deploy must know of a synthesized stack. */
export interface Stack {
  readonly id: string;
  readonly dependencies: readonly string[];
  readonly configuration: {
    readonly terraform?: { readonly backend?: Readonly<Record<string, unknown>> };
    readonly provider?: Readonly<Record<string, readonly Block[]>>;
    readonly variable?: Readonly<Record<string, { readonly description?: string; readonly ephemeral?: boolean }>>;
    readonly resource?: Blocks;
    readonly data?: Blocks;
  };
}

export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly block: Block;
}

const listed = (stack: string, blocks: Blocks | undefined, prefix: string): Resource[] =>
  Object.entries(blocks ?? {}).flatMap(([type, all]) =>
    Object.entries(all).map(([name, block]) => ({ stack, type: `${prefix}${type}`, name, block })),
  );

/** Resources, and with `data.` before the type what is only read. */
export const resourcesOf = ({ id, configuration: { resource, data } }: Stack): Resource[] => [
  ...listed(id, resource, ''),
  ...listed(id, data, 'data.'),
];

/** Every value below a block that stands under this key. */
export function valuesUnder(block: unknown, key: string): unknown[] {
  if (Array.isArray(block)) return block.flatMap((each) => valuesUnder(each, key));
  if (typeof block !== 'object' || block === null) return [];
  return Object.entries(block).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesUnder(value, key)]);
}
