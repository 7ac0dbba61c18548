import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPages } from '../../reference/pages';
import { readSource, ROOT } from '../../reference/source';
import { undocumented } from '../../reference/undocumented';

const SECTIONS = ['## Options', '## What it creates', '## Permissions', '## Limits', '## Cost'];
const source = readSource();
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('pages of constructs', () => {
  it('are there for every class that people put into a stack', () => {
    const names = source.constructs.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['EncryptionKey', 'GatewayService', 'GeneratedSecret', 'PrivateNetwork', 'VertexEndpoint']),
    );
    // A base class, and a class that only its maker makes.
    expect(names).not.toContain('Secret');
    expect(names).not.toContain('PrivateServicesAccess');
    expect(new Set(source.constructs.map(({ page }) => page)).size).toBe(names.length);
  });

  it('say what the code says: `npm run docs:constructs` writes them', () => {
    const stale = allPages(source)
      .flatMap((page) => page())
      .filter(({ file, text }) => textOf(file) !== text)
      .map(({ file }) => file);
    expect(stale).toEqual([]);
  });

  it.each(source.constructs)('$name: an example, then $page has all sections, in their order', ({ page, name }) => {
    const text = textOf(page);
    const places = ['```ts\n', ...SECTIONS.map((heading) => `\n${heading}\n`)].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(text.slice(0, places[1])).toContain(name);
  });
});

describe('doc comments', () => {
  it('describe every option and result, and say what holds without an optional one', () => {
    expect(undocumented(source)).toEqual([]);
  });

  it('are missed where they are missing', () => {
    const file = 'constructs/secrets/secret.ts';
    const bare = textOf(file).replaceAll(/^ *(\/\*\*| \*).*\n/gm, '');
    expect(undocumented(readSource({ [file]: bare })).map((line) => line.replace(/^.*: /, ''))).toEqual(
      expect.arrayContaining([
        'GeneratedSecretProps.deletionProtection is not described',
        'GeneratedSecretProps.deletionProtection may be left out, and has no @default',
        'GeneratedSecretProps.secretId is not described',
      ]),
    );
  });
});
