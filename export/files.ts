import { isObject, type Json, type JsonObject, objectAt } from './synthesized';

/** Kinds of blocks that stand under a type and a name; each goes to the file of the construct that made it. */
const TYPED = ['data', 'ephemeral', 'resource'];

/** Where people look for the rest. What is not here goes to `main.tf.json`. */
const FILE_OF: Readonly<Record<string, string>> = {
  terraform: 'versions',
  provider: 'providers',
  variable: 'variables',
  locals: 'locals',
  output: 'outputs',
  moved: 'moves',
  removed: 'moves',
  import: 'imports',
};

const MAIN = 'main';

type Documents = Record<string, Record<string, Json>>;

/**
 * A synthesized stack as people keep a configuration: one file for the versions, the providers, the variables, the outputs, and one for the
 * resources of each construct of the stack, named after it. Terraform reads all of them as one, so no address changes.
 */
export function filesOf(configuration: JsonObject): Readonly<Record<string, JsonObject>> {
  const documents: Documents = {};
  for (const [kind, blocks] of Object.entries(configuration)) {
    if (kind === '//' || blocks === undefined) continue;
    if (!TYPED.includes(kind) || !isObject(blocks)) add(documents, FILE_OF[kind] ?? MAIN, [kind], blocks);
    else addTyped(documents, kind, blocks);
  }
  return Object.fromEntries(Object.entries(documents).map(([name, document]) => [`${name}.tf.json`, document]));
}

function addTyped(documents: Documents, kind: string, types: JsonObject): void {
  for (const type of Object.keys(types)) {
    for (const [name, block] of Object.entries(objectAt(types, type))) {
      if (isObject(block)) add(documents, constructOf(block), [kind, type, name], withoutMetadata(block));
    }
  }
}

function add(documents: Documents, file: string, path: readonly string[], value: Json): void {
  let place = (documents[file] ??= {});
  for (const name of path.slice(0, -1)) place = (place[name] ??= {}) as Record<string, Json>;
  const last = path.at(-1)!;
  const there = place[last];
  place[last] = isObject(there) && isObject(value) ? { ...there, ...value } : value;
}

/** The construct below the stack that a block belongs to, as a file name: `prod-gateway/FrontDoor/Certificate` → `front-door`. */
function constructOf(block: JsonObject): string {
  const { path } = objectAt(objectAt(block, '//'), 'metadata');
  const construct = typeof path === 'string' ? path.split('/')[1] : undefined;
  const name = construct?.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9]+/g, '-').toLowerCase(); // prettier-ignore
  return name?.replace(/^-+|-+$/g, '') || MAIN;
}

/** What CDKTF notes beside each block goes; a comment that somebody wrote there stays. */
function withoutMetadata({ '//': comment, ...block }: JsonObject): JsonObject {
  if (!isObject(comment)) return comment === undefined ? block : { '//': comment, ...block };
  const { metadata: _, ...rest } = comment;
  return Object.keys(rest).length > 0 ? { '//': rest, ...block } : block;
}
