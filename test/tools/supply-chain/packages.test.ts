import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependencies, devDependencies } from '../../../package.json';
import { billOfMaterials } from '../../../tools/supply-chain/bill-of-materials';
import { isAllowed, licensesOf, licenseTables, withTables } from '../../../tools/supply-chain/licenses';
import { production, PROJECT, readLockFile, withDependencies, type LockFile } from '../../../tools/supply-chain/lock-file';

const lock = readLockFile();
const label = ({ name, version }: { name: string; version: string }): string => `${name}@${version}`;
const unique = (list: readonly string[]): string[] => [...new Set(list)].sort();

describe('what is installed', () => {
  it('is named with its exact version, and with a hash', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
    // Those that another package carries inside itself come with its hash.
    const own = Object.entries(lock.packages).filter(([path, found]) => path !== '' && !('inBundle' in found));
    expect(own.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
  });

  it('is installed from the lock file wherever CI installs it', () => {
    const script = readFileSync(join(PROJECT, '.ci/run'), 'utf8');
    expect([...script.matchAll(/^npm (?!test$|run )(.*)$/gm)].map(([, rest]) => rest)).toEqual(['ci --no-audit --no-fund']);
  });

  it('comes with the package if and only if something in it needs it', () => {
    const needed = Object.keys(dependencies).flatMap((name) => withDependencies(lock, name));
    expect(unique(production(lock).map(({ path }) => path))).toEqual(expect.arrayContaining(unique(needed.map(({ path }) => path))));
  });
});

describe('licences', () => {
  const found = licensesOf(lock);

  it('are allowed', () => expect(found.problems).toEqual([]));

  it('stand in docs/supply-chain.md as they are (else: npm run licenses)', () => {
    const page = readFileSync(join(PROJECT, 'docs/supply-chain.md'), 'utf8');
    const cells = (text: string) => text.split('\n').map((line) => line.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---'));
    expect(cells(page)).toEqual(cells(withTables(page, licenseTables(found))));
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['Apache-2.0 AND MIT', true],
    ['Apache-2.0 AND GPL-2.0', false],
    ['GPL-3.0', false],
    ['', false],
    ['SEE LICENSE IN LICENSE', false],
    ['MIT AND (GPL-2.0 OR MIT)', false],
    ['mit', false],
  ])('%j lets us: %p', (expression, expected) => expect(isAllowed(expression, ['MIT', 'Apache-2.0'])).toBe(expected));

  it('are refused with the place of the package, beside it less strictly than within', () => {
    const planted: LockFile = {
      packages: {
        'node_modules/a': { version: '1.0.0', license: 'MPL-2.0' },
        'node_modules/b': { version: '1.0.0' },
        'node_modules/c': { version: '1.0.0', license: 'GPL-3.0', dev: true },
        'node_modules/peer': { version: '1.0.0', license: 'MPL-2.0', dev: true, dependencies: { deep: '1' } },
        'node_modules/peer/node_modules/deep': { version: '1.0.0', license: 'AGPL-3.0', dev: true },
      },
    };
    expect(licensesOf(planted, ['peer']).problems.map((problem) => problem.split('. ')[0])).toEqual([
      'a 1.0.0 (node_modules/a): MPL-2.0',
      'b 1.0.0 (node_modules/b): it names no licence',
      'deep 1.0.0 (node_modules/peer/node_modules/deep): AGPL-3.0',
    ]);
  });
});

describe('the bill of materials', () => {
  const bill = billOfMaterials();

  it('has all that comes with the package, and nothing else', () => {
    expect(unique(bill.components.map(label))).toEqual(unique(production(lock).map(label)));
    for (const name of Object.keys(dependencies)) expect(bill.components.map((each) => each.name)).toContain(name);
  });

  it('is a whole CycloneDX document', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(bill.metadata.component.name).toBe('cdktf-vertex-gateway');
    const refs = bill.components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    for (const component of bill.components) {
      expect(component).toMatchObject({ type: 'library', purl: expect.stringMatching(/^pkg:npm\//), licenses: [expect.anything()] });
      expect(component).toMatchObject({ hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }] });
    }
    for (const { ref, dependsOn } of bill.dependencies.slice(1)) expect(refs).toEqual(expect.arrayContaining([ref, ...dependsOn]));
  });

  it('is the same each time', () => expect(billOfMaterials()).toEqual(bill));
});
