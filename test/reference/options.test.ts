import { cell } from '../../reference/documentation';
import { optionsOf } from '../../reference/options';
import { permissionsOf } from '../../reference/permissions';
import { readSource, type Source } from '../../reference/source';
import { relativePath } from '../../reference/type-text';
import { apiOf } from '../../reference/apis';
import { DEPLOY_ROLES } from '../../constructs/workload-identity';

const PROBE = `
import { Construct } from 'constructs';
import type { ProjectServices } from './project-services';
export { ProjectServices } from './project-services';

/** How it looks. */
export type Colour = 'red' | 'green';

/** A part of it. */
export interface Part {
  /** Grams. */
  readonly weight: number;
}

/** Where it goes. */
export class Place {
  /** Into a drawer. */
  static drawer(label: string): Place {
    return new Place(label);
  }
  private constructor(readonly label: string) {}
}

interface Named {
  /** What people | say. */
  readonly name: string;
}

export interface ProbeProps extends Named {
  /**
   * Seconds.
   * @default 30
   */
  readonly timeout?: number;
  /** Parts, by name. */
  readonly parts: Readonly<Record<string, Part>>;
  /**
   * Its colour.
   * @default red, which <most> like
   */
  readonly colour?: Colour;
  /** Its place. */
  readonly place: Place;
  /**
   * How many there are.
   * @default one
   */
  readonly scale?: {
    /** The fewest. */
    readonly min: number;
    readonly max?: number;
  };
  /** What must be there. */
  readonly after: readonly ProjectServices[];
  /**
   * Seconds, once.
   * @default none
   * @deprecated use \`timeout\`
   */
  readonly wait?: number;
}

export class Probe extends Construct {
  /** Its number. */
  readonly number: string = '';
  private readonly hidden = 1;

  constructor(scope: Construct, id: string, props: ProbeProps) {
    super(scope, id);
  }

  /**
   * Lets somebody in.
   * @param who a member
   */
  grant(who: string, why?: string): void {}

  protected check(): void {}
}
`;

/** The reference of a construct that has one of everything. */
function probed(): string {
  const source: Source = readSource({ 'constructs/project/index.ts': PROBE });
  return optionsOf(
    source.constructs.find(({ name }) => name === 'Probe')!,
    source,
  );
}

describe('the reference of a construct', () => {
  it('has inherited and nested options, the words of a choice, links, defaults, and nothing that is hidden', () => {
    expect(probed()).toMatchInlineSnapshot(`
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
