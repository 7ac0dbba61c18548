import { z } from 'zod';
import { child, type Path, type Tree } from './tree';

/** The schema without its optionality and default. */
export function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return bare(schema.unwrap() as z.ZodType);
  }
  return schema;
}

/** Name of the key that tells the kinds of a union apart; undefined for anything else. */
export function discriminator(schema: z.ZodType): string | undefined {
  const union = bare(schema);
  return union instanceof z.ZodDiscriminatedUnion ? union.def.discriminator : undefined;
}

/** The kinds that a map can be: all of a union, or the one that its discriminator names. */
function kinds(schema: z.ZodType, tree: Tree | undefined): z.ZodObject[] {
  const unwrapped = bare(schema);
  if (unwrapped instanceof z.ZodObject) return [unwrapped];
  if (!(unwrapped instanceof z.ZodDiscriminatedUnion)) return [];
  const options = unwrapped.options as unknown as z.ZodObject[];
  const key = unwrapped.def.discriminator;
  const given = tree && child(tree, key);
  const chosen = options.filter((option) => given?.kind === 'scalar' && (option.shape[key] as z.ZodType).safeParse(given.value).success);
  return chosen.length > 0 ? chosen : options;
}

/** Keys that a map may have; empty where any name is allowed. */
export function validKeys(schema: z.ZodType, tree: Tree | undefined): string[] {
  return [...new Set(kinds(schema, tree).flatMap((kind) => Object.keys(kind.shape)))];
}

/** Schema of what stands under a key. */
export function childSchema(schema: z.ZodType, key: PropertyKey, tree: Tree | undefined): z.ZodType | undefined {
  const unwrapped = bare(schema);
  if (unwrapped instanceof z.ZodRecord) return unwrapped.valueType as z.ZodType;
  if (unwrapped instanceof z.ZodArray) return unwrapped.element as z.ZodType;
  const holders = kinds(schema, tree).filter((kind) => Object.hasOwn(kind.shape, key));
  return holders[0]?.shape[String(key)] as z.ZodType | undefined;
}

export function schemaAt(schema: z.ZodType, tree: Tree, path: Path): z.ZodType | undefined {
  let found: z.ZodType | undefined = schema;
  let here: Tree | undefined = tree;
  for (const key of path) {
    if (!found) return undefined;
    found = childSchema(found, key, here);
    here = here && child(here, key);
  }
  return found;
}

/** Every path in the schema that has fixed keys only, e.g. `network.subnet`. */
export function knownPaths(schema: z.ZodType, prefix: readonly string[] = []): string[][] {
  return validKeys(schema, undefined).flatMap((key) => {
    const path = [...prefix, key];
    const next = childSchema(schema, key, undefined);
    return [path, ...(next ? knownPaths(next, path) : [])];
  });
}
