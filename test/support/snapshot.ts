import type { Template } from './template';

/** Where CDKTF puts an asset: `assets/<construct>/<hash of its content>/<file>`. */
const CARRIED_FILE = /(assets\/\w+\/)[0-9A-F]{16,32}(\/)/gi;

/**
 * A template without what changes though the construct does not: versions of providers, which package.json pins, the directory that the
 * test ran in, and the hashes of carried scripts, whose text has tests of its own.
 */
export function stable({ json }: Template): unknown {
  const text = JSON.stringify(json, (key, value: unknown) => {
    if (key === 'required_providers') return Object.keys(value as object).sort();
    if (key === 'path' && typeof value === 'string') return value.replace(/^(\.\.\/)+.*(?=\/[^/]+\.tfstate$)/, '<directory>');
    if (key === 'revision' && typeof value === 'string') return value.replace(/^[0-9a-f]{16}$/, '<hash>');
    if (typeof value === 'string') return value.replace(CARRIED_FILE, '$1<hash>$2');
    return value;
  });
  return JSON.parse(text) as unknown;
}
