import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEPLOY_ROLES } from '../../../constructs/workload-identity';
import { apiOf } from '../../../tools/reference/apis';
import { cell } from '../../../tools/reference/documentation';
import { optionsOf } from '../../../tools/reference/options';
import { allPages } from '../../../tools/reference/pages';
import { permissionsOf } from '../../../tools/reference/permissions';
import { readSource, ROOT } from '../../../tools/reference/source';
import { relativePath } from '../../../tools/reference/type-text';
import { undocumented } from '../../../tools/reference/undocumented';
import { PROBE } from './probe';

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

describe('the reference of a construct', () => {
  it('has inherited and nested options, the words of a choice, links, defaults, and nothing that is hidden', () => {
    const probed = readSource({ 'constructs/project/index.ts': PROBE });
    const probe = probed.constructs.find(({ name }) => name === 'Probe')!;
    expect(optionsOf(probe, probed)).toMatchInlineSnapshot(`
     "| Option | Type | Default | What it is |
     | --- | --- | --- | --- |
     | \`parts\` | map of [\`Part\`](#part) | **required** | Parts, by name. |
     | \`place\` | [\`Place\`](#place) | **required** | Its place. |
     | \`after\` | list of [\`ProjectServices\`](project-services.md) | **required** | What must be there. |
     | \`name\` | \`string\` | **required** | What people \\| say. |
     | \`timeout\` | \`number\` | \`30\` | Seconds. |
     | \`colour\` | \`'red'\` or \`'green'\` | red, which &lt;most> like | Its colour. |
     | \`scale\` | object | one | How many there are. |
     | \`scale.min\` | \`number\` | **required** | The fewest. |
     | \`scale.max\` | \`number\` | none |  |
     | \`wait\` | \`number\` | none | **Deprecated**: use \`timeout\`. Seconds, once. |

     ### Attributes

     | Attribute | Type | What it is |
     | --- | --- | --- |
     | \`number\` | \`string\` | Its number. |

     ### Methods

     | Method | What it does |
     | --- | --- |
     | \`grant(who, why?)\` | Lets somebody in.<br>\`who\`: \`string\`, a member<br>\`why?\`: \`string\` |

     ### Part

     A part of it.

     | Option | Type | Default | What it is |
     | --- | --- | --- | --- |
     | \`weight\` | \`number\` | **required** | Grams. |

     ### Place

     Where it goes.

     | To make one | What it is |
     | --- | --- |
     | \`Place.drawer(label)\` | Into a drawer.<br>\`label\`: \`string\` |"
    `);
  });
});

describe('cells', () => {
  it('leave nothing to Markdown or HTML that is not meant for it', () => {
    expect(cell('a | b, `c | d`, <name>, `<code>`, google_*, **bold**')).toBe(
      'a \\| b, `c \\| d`, &lt;name>, `<code>`, google_\\*, **bold**',
    );
  });
});

describe('links', () => {
  it.each([
    ['constructs/a/x.md', 'constructs/a/y.md', 'y.md'],
    ['constructs/a/x.md', 'constructs/b/y.md', '../b/y.md'],
    ['docs/constructs.md', 'constructs/b/y.md', '../constructs/b/y.md'],
  ])('from %s to %s', (from, to, link) => expect(relativePath(from, to)).toBe(link));
});

describe('permissions', () => {
  it('are roles and APIs of the types, without those of other providers', () => {
    const created = ['google_project_service', 'aws_iam_role', 'terraform_data'].map((type) => ({ type, count: 1, within: [] }));
    expect(permissionsOf(created).split('\n').slice(2, 4)).toEqual([
      '| `roles/serviceusage.serviceUsageAdmin` | apply | `google_project_service` |',
      '| `roles/serviceusage.serviceUsageViewer` | plan | `google_project_service` |',
    ]);
    expect(permissionsOf(created)).toContain('APIs: `serviceusage.googleapis.com`.');
    expect(permissionsOf([{ type: 'terraform_data', count: 1, within: [] }])).toBe('For its resources: no role of Google Cloud.');
  });

  it('are not guessed', () => {
    expect(() => permissionsOf([{ type: 'google_toaster', count: 1, within: [] }])).toThrow(/google_toaster.*deploy-roles\.ts/);
  });

  it('name an API for every type that has roles', () => {
    expect(Object.keys(DEPLOY_ROLES).filter((type) => apiOf(type) === undefined)).toEqual([]);
  });
});
