import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './lock-file';

export interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
}

/** CycloneDX 1.5; only what is used here. */
export interface BillOfMaterials {
  serialNumber: string;
  readonly metadata: { timestamp?: string; readonly component: { name: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependencies[];
}

interface Dependencies {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/**
 * What comes with the package, as npm itself writes it from the lock file. npm is given only what is installed with the package: with
 * `--omit dev` it leaves out more than half of it (npm 11.19.1). The same lock file and npm give the same bytes.
 */
export function billOfMaterials(): BillOfMaterials {
  const read = (name: string) => JSON.parse(readFileSync(join(PROJECT, name), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, dependencies } = read('package.json');
  const root = { name, version, description, license, dependencies };
  const { packages, ...lock } = read('package-lock.json') as { packages: Record<string, { dev?: boolean }> };
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);

  const directory = mkdtempSync(join(tmpdir(), 'materials-'));
  try {
    writeFileSync(join(directory, 'package.json'), JSON.stringify(root));
    writeFileSync(
      join(directory, 'package-lock.json'),
      JSON.stringify({ ...lock, packages: { '': root, ...Object.fromEntries(installed) } }),
    );
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only', '--loglevel', 'error'];
    const written = JSON.parse(execFileSync('npm', args, { cwd: directory, encoding: 'utf8' })) as BillOfMaterials;
    const bill = { ...written, components: once(written.components), dependencies: joined(written.dependencies) };
    // npm calls it after the directory.
    bill.metadata.component.name = String(name);
    delete bill.metadata.timestamp;
    bill.serialNumber = `urn:uuid:${uuidOf(JSON.stringify({ ...bill, serialNumber: undefined }))}`;
    return bill;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** npm 10 names a version once for each place where it is installed; a reference has to be the only one of its name. */
const once = (components: readonly Component[]): Component[] => [...new Map(components.map((each) => [each['bom-ref'], each])).values()];

function joined(dependencies: readonly Dependencies[]): Dependencies[] {
  const all = new Map<string, Set<string>>();
  for (const { ref, dependsOn } of dependencies) all.set(ref, new Set([...(all.get(ref) ?? []), ...dependsOn]));
  return [...all].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn].sort() }));
}

/** A UUID of the kind that says that its meaning is one's own (version 8 of RFC 9562): the hash of what it names. */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}
