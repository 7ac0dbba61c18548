import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../configuration';
import { Testing, withoutTokenTraces } from '../../constructs/core';
import { buildEnvironment } from '../../stacks';
import { Template } from '../support/template';

const ROOT = join(__dirname, '../..');
const PLATFORMS = 4;

interface Requirement {
  readonly source: string;
  readonly version: string;
}

/** Hashes of archives by provider and version, as `terraform.lock.hcl` has them. */
function locked(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(ROOT, 'terraform.lock.hcl'), 'utf8');
  const blocks = text.matchAll(/^provider "registry\.terraform\.io\/([^"]+)" \{\n {2}version += "([^"]+)"\n([^}]*)\n\}$/gm);
  return new Map([...blocks].map(([, source, version, rest]) => [`${source} ${version}`, rest!.match(/"zh:[0-9a-f]{64}"/g) ?? []]));
}

/** Providers of the environment that has all kinds of stacks. Its perimeter takes evidence, and no provider that the others lack. */
function required(): string[] {
  const prod = loadEnvironments(join(ROOT, 'environments')).find(({ name }) => name === 'prod')!;
  const stacks = withoutTokenTraces(() => buildEnvironment(Testing.app(), { ...prod, perimeter: undefined }));
  const requirements = stacks.flatMap((stack) => {
    const { required_providers: given } = new Template(stack).json['terraform'] as { required_providers: Record<string, Requirement> };
    return Object.values(given);
  });
  const names = requirements.map(({ source, version }) => `${source.includes('/') ? source : `hashicorp/${source}`} ${version}`);
  return [...new Set(names)].sort();
}

it('terraform.lock.hcl has the providers of the stacks, no other ones, and their archives for every platform', () => {
  const hashes = locked();
  expect([...hashes.keys()]).toEqual(required());
  for (const each of hashes.values()) expect(new Set(each).size).toBeGreaterThanOrEqual(PLATFORMS);
});
