import type { Block } from '../policy/block';
import type { Json } from '../policy/stack';
import { Text, Unresolved } from '../policy/text';

/** What cannot be known from the JSON is drawn as what it is: unknown. Nothing here throws. */
const lenient = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
};

/** A literal text. */
export const textOf = (block: Block, path: string): string | undefined => lenient(() => block.text(path)?.known);

/** A text whose unknown parts are dots. */
export const shownOf = (block: Block, path: string): string | undefined =>
  lenient(() => {
    const text = block.text(path);
    return text?.holes.reduce((shown, hole) => shown.replace(hole, '…'), String(text));
  });

export const numberOf = (block: Block, path: string): number | undefined => lenient(() => block.number(path));
export const flagOf = (block: Block, path: string): boolean => lenient(() => block.flag(path)) ?? false;
export const blocksOf = (block: Block, path: string): Block[] => lenient(() => block.blocks(path)) ?? [];
export const blockOf = (block: Block, path: string): Block | undefined => blocksOf(block, path)[0];
export const documentOf = (block: Block, path: string): Block | undefined => lenient(() => block.document(path));
export const textsOf = (block: Block, path: string): string[] =>
  (lenient(() => block.texts(path)) ?? []).flatMap((text) => lenient(() => text.known) ?? []);

/** What CDKTF and Terraform say about a block, and not what it is. */
const ABOUT = new Set(['//', 'depends_on', 'lifecycle', 'provisioner', 'connection']);

/** Every text in a block. */
export function* stringsIn(value: Json, top = true): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const each of value as Json[]) yield* stringsIn(each, false);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) if (!top || !ABOUT.has(key)) yield* stringsIn(each, false);
}

const ADDRESS = /\b((?:data\.|ephemeral\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*)/g;

/** Addresses of blocks that the expressions in a text refer to. */
export const addressesIn = (text: string): string[] =>
  text.includes('${') ? new Text(text, '').holes.flatMap((hole) => [...hole.matchAll(ADDRESS)].map(([, address]) => address!)) : [];
