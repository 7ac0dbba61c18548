import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MANIFEST = require.resolve('cdktf-vertex-gateway/package.json');

/** Where this package is. */
export const ROOT = dirname(MANIFEST);

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The package.json of this package: from the sources and from what is built of them, the same file by its name. */
export const manifest = (): Manifest => JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;

/** A file of this package as it is. */
export const ownFile = (...path: readonly string[]): string => readFileSync(join(ROOT, ...path), 'utf8');
