import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Json, StackDocument } from './stack';

/** A stack that was read, and where it stands. */
export interface ReadStack extends StackDocument {
  /** Path of the file, or of the folder where there are several, as it was given. */
  readonly artifact: string;
}

/** What was asked for cannot be read: a message for people. */
export class UnreadableStack extends Error {}

const isTerraformJson = (file: string): boolean => file.endsWith('.tf.json');

function parse(file: string): Json {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnreadableStack(`${file} cannot be read: ${(error as Error).message}`);
  }
  let json: Json;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    throw new UnreadableStack(`${file} is not JSON: ${(error as Error).message}`);
  }
  // No rule would find anything in it, and that would look like a stack without findings.
  const isStack = typeof json === 'object' && json !== null && !('format_version' in json);
  if (!isStack)
    throw new UnreadableStack(`${file} holds no stack. \`terraform show -json\` is a plan, or a state: \`npm run review\` reads plans.`);
  return json;
}

/** Several files are one module: each kind of block becomes the list of what the files say of it, which Terraform's JSON allows. */
function merged(documents: readonly Json[]): Json {
  if (documents.length === 1) return documents[0];
  const all: Record<string, Json[]> = {};
  for (const document of documents) {
    if (typeof document !== 'object' || document === null) continue;
    for (const [kind, block] of Object.entries(document)) (all[kind] ??= []).push(...(Array.isArray(block) ? (block as Json[]) : [block]));
  }
  return all;
}

const folderOf = (directory: string): ReadStack => {
  const files = readdirSync(directory).filter(isTerraformJson).sort();
  const artifact = files.length === 1 ? join(directory, files[0]!) : directory;
  return { name: basename(directory), artifact, json: merged(files.map((file) => parse(join(directory, file)))) };
};

const holdsStack = (directory: string): boolean =>
  existsSync(directory) && statSync(directory).isDirectory() && readdirSync(directory).some(isTerraformJson);

/**
 * The stacks at a path: a `*.tf.json` file, a folder of such files (one stack), or what `cdktf synth` writes (`cdktf.out`: one stack a
 * folder). Files in HCL are not read.
 */
export function readStacks(path: string): ReadStack[] {
  if (!existsSync(path)) throw new UnreadableStack(`${path} does not exist. Give a *.tf.json file, or a folder that holds some.`);
  if (!statSync(path).isDirectory()) {
    if (!path.endsWith('.json'))
      throw new UnreadableStack(`${path} is no Terraform JSON. HCL is not read; \`terraform show -json\` is a plan, not a stack.`);
    return [{ name: basename(dirname(join(process.cwd(), relative(process.cwd(), path)))), artifact: path, json: parse(path) }];
  }
  if (holdsStack(path)) return [folderOf(path)];
  const parent = existsSync(join(path, 'stacks')) ? join(path, 'stacks') : path;
  const folders = readdirSync(parent)
    .sort()
    .map((name) => join(parent, name))
    .filter(holdsStack);
  if (folders.length === 0) throw new UnreadableStack(`${path} holds no *.tf.json, and no folder that does. HCL is not read.`);
  return folders.map(folderOf);
}
