import { readFileSync } from 'node:fs';

/** Of this package; the same file by its name, from the sources and from what is built of them. */
export function version(): string {
  const file = require.resolve('cdktf-vertex-gateway/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
