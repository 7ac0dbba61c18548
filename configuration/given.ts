import type { Path, Tree } from './tree';

const MAX_SHOWN = 60;

/** How a message calls what was given. Text under `secrets` is not repeated: it may be a secret that somebody put there by mistake. */
export function given(tree: Tree, path: Path): { readonly words: string; readonly confidential: boolean } {
  if (tree.kind !== 'scalar') return { words: tree.kind === 'list' ? 'a list' : 'a map', confidential: false };
  const confidential = path[0] === 'secrets' && typeof tree.value === 'string' && tree.value !== '';
  if (confidential) return { words: 'the value (not shown: it may be a secret)', confidential };
  const firstLine = tree.written.split('\n')[0]!.trimEnd();
  const shortened = firstLine.length > MAX_SHOWN ? `${firstLine.slice(0, MAX_SHOWN)}…` : firstLine;
  return { words: shortened, confidential };
}
