import type { Template } from './template';

/**
 * A template without what changes though the code does not: versions of providers, which package.json pins, and the directory that the
 * test ran in.
 */
export function stable({ json }: Template): unknown {
  const text = JSON.stringify(json, (key, value: unknown) => {
    if (key === 'required_providers') return Object.keys(value as object).sort();
    if (key === 'path' && typeof value === 'string') return value.replace(/^(\.\.\/)+.*(?=\/[^/]+\.tfstate$)/, '<directory>');
    return value;
  });
  return JSON.parse(text) as unknown;
}
