import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

type Tree = Record<string, Buffer>;

interface Manifest {
  version?: unknown;
  readonly stacks?: Readonly<Record<string, { readonly annotations?: readonly { stacktrace?: unknown }[] }>>;
}
interface Stack {
  readonly '//'?: { readonly metadata?: { version?: unknown } };
}

/**
 * What differs between two directories of synthesized stacks, one line each: files that only one has, and files whose content is not the
 * same, byte by byte. Three things may differ, and nothing else:
 * - the version of the framework, in `manifest.json` and in the metadata of each `cdk.tf.json`;
 * - from where in the framework's own files an annotation in `manifest.json` was made, which an app can ask for;
 * - how these files write an empty list: CDKTF puts a line end into it, CDK Terrain does not.
 */
export function differences(one: string, other: string): string[] {
  const [first, second] = [treeOf(one), treeOf(other)];
  const paths = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
  if (paths.length === 0) return ['there is nothing to compare'];
  return paths.flatMap((path) => {
    const [a, b] = [first[path], second[path]];
    if (a === undefined || b === undefined) return [`${path}: only on ${a === undefined ? 'CDK Terrain' : 'CDKTF'}`];
    if (a.equals(b)) return [];
    const [left, right] = [comparable(path, a), comparable(path, b)];
    return left === right ? [] : [`${path}: ${firstDifference(left, right)}`];
  });
}

function treeOf(directory: string): Tree {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(directory, path), readFileSync(path)];
    }),
  );
}

/** The order of keys stays: it is part of what must be the same. */
function comparable(path: string, content: Buffer): string {
  if (path === 'manifest.json') {
    const manifest = JSON.parse(content.toString()) as Manifest;
    delete manifest.version;
    for (const { annotations = [] } of Object.values(manifest.stacks ?? {})) for (const each of annotations) delete each.stacktrace;
    return JSON.stringify(manifest, undefined, 2);
  }
  if (path.endsWith('cdk.tf.json')) {
    const stack = JSON.parse(content.toString()) as Stack;
    delete stack['//']?.metadata?.version;
    return JSON.stringify(stack, undefined, 2);
  }
  return content.toString('latin1');
}

function firstDifference(one: string, other: string): string {
  const [a, b] = [one.split('\n'), other.split('\n')];
  const index = a.findIndex((line, at) => line !== b[at]);
  const at = index < 0 ? a.length : index;
  return `line ${at + 1}: ${JSON.stringify(a[at]?.trim() ?? 'the end')} on CDKTF, ${JSON.stringify(b[at]?.trim() ?? 'the end')} on CDK Terrain`;
}
