type Folder = Map<string, Folder | undefined>;

/** Paths as a tree, a line for each file and folder; folders come as their first file does. */
export function treeOf(paths: readonly string[]): string[] {
  const root: Folder = new Map();
  for (const path of paths) {
    const parts = path.split('/');
    const folder = parts.slice(0, -1).reduce<Folder>((here, part) => {
      const next = here.get(part) ?? new Map<string, Folder | undefined>();
      here.set(part, next);
      return next;
    }, root);
    folder.set(parts.at(-1)!, undefined);
  }
  return drawn(root);
}

const drawn = (folder: Folder): string[] =>
  [...folder].flatMap(([name, inner], index) => {
    const last = index === folder.size - 1;
    const below = inner ? drawn(inner).map((line) => `${last ? '    ' : '│   '}${line}`) : [];
    return [`${last ? '└── ' : '├── '}${name}${inner ? '/' : ''}`, ...below];
  });
