/** Finds the generated source of a type in the installed provider bindings of a project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The generated TypeScript of one folder of a provider package, and where it was read. */
export interface GeneratedSource {
  readonly text: string;
  readonly file: string;
}

/** Directory of the provider's bindings as seen from a project; undefined: not installed there. */
export function packageDirectory(projectDir: string, provider: string): string | undefined {
  try {
    return dirname(require.resolve(`@cdktf/provider-${provider}/package.json`, { paths: [projectDir] }));
  } catch {
    return undefined;
  }
}

/** `google_compute_network` → `compute-network`; as a data source `data-google-compute-network`. Holds for every type of both packages. */
export function folderOf(provider: string, kind: 'resource' | 'data', type: string): string {
  const name = kind === 'data' ? `data_${type}` : type.replace(new RegExp(`^${provider}_`), '');
  return name.replaceAll('_', '-');
}

/**
 * The generated TypeScript of a folder, out of the inline source maps that its JavaScript carries: what is compiled has lost the types.
 * A type with very many blocks keeps them in `index-structs/`. Undefined: the package has no such folder.
 */
export function readGenerated(packageDir: string, folder: string): GeneratedSource | undefined {
  const file = join(packageDir, 'lib', folder, 'index.js');
  if (!existsSync(file)) {
    return undefined;
  }
  const structs = join(packageDir, 'lib', folder, 'index-structs');
  const more = existsSync(structs) ? readdirSync(structs).filter((name) => /^structs\d+\.js$/.test(name)) : [];
  return { text: [file, ...more.map((name) => join(structs, name))].map(sourceOf).join('\n'), file };
}

function sourceOf(file: string): string {
  const code = readFileSync(file, 'latin1');
  const marker = 'sourceMappingURL=data:application/json;base64,';
  const start = code.lastIndexOf(marker);
  const map = start < 0 ? '{}' : Buffer.from(code.slice(start + marker.length), 'base64').toString('utf8');
  const { sourcesContent } = JSON.parse(map) as { sourcesContent?: string[] };
  if (!sourcesContent?.[0]) {
    throw new Error(`${file} carries no source map with its TypeScript: the schema of its types is read from there`);
  }
  return sourcesContent[0];
}
