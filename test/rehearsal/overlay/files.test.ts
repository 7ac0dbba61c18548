import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { typeOverlay } from '../../../rehearsal/overlay/format';
import { missingOverlayHelp, parseOverlay } from '../../../rehearsal/overlay/read';
import { attributesIn } from '../../../rehearsal/overlay/templates';
import { loadProvider, loadTypes, type WantedType } from '../../../rehearsal/schema';
import type { Block } from '../../../rehearsal/schema/types';

const ROOT = join(__dirname, '../../..');
const OVERLAY = join(ROOT, 'rehearsal/overlay');
const PROVIDERS = ['google', 'aws', 'random'] as const;
const files = PROVIDERS.flatMap((provider) => readdirSync(join(OVERLAY, provider)).map((name) => ({ provider, name })));
const wanted: WantedType[] = files
  .filter(({ name }) => name !== 'provider.yaml')
  .map(({ provider, name }) => {
    const [, kind, type = ''] = /^(?:(data|ephemeral)_)?(.*)\.yaml$/.exec(name) ?? [];
    return { provider, kind: (kind ?? 'resource') as WantedType['kind'], type };
  });

const pathsOf = (block: Block, prefix = ''): string[] => [
  ...Object.keys(block.attributes).map((name) => prefix + name),
  ...Object.entries(block.blocks).flatMap(([name, nested]) => [prefix + name, ...pathsOf(nested.block, `${prefix}${name}.`)]),
];

describe('the overlay files', () => {
  it('all fit the format and the schema of the pinned bindings', () => {
    expect(wanted.length).toBeGreaterThan(140);
    expect(loadTypes(ROOT, wanted).size).toBe(wanted.length);
    PROVIDERS.forEach((provider) => expect(loadProvider(ROOT, provider).blocks).toBeDefined());
  });

  it('never say a key twice', () => {
    const doubled = files.flatMap(({ provider, name }) =>
      parseDocument(readFileSync(join(OVERLAY, provider, name), 'utf8')).errors.map(({ message }) => `${name}: ${message}`),
    );
    expect(doubled).toEqual([]);
  });

  it('name in their templates only attributes that the type has', () => {
    const elsewhere = new Set(['region', 'zone', 'project', 'account', 'id']);
    const wrong = [...loadTypes(ROOT, wanted).values()].flatMap((facts) => {
      const paths = new Set(pathsOf(facts.block));
      return attributesIn([facts.id, facts.parent?.id ?? '', ...Object.values(facts.computes)])
        .filter((path) => !paths.has(path) && !elsewhere.has(path))
        .map((path) => `${facts.type}: ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it('name parents that have an overlay too', () => {
    const facts = [...loadTypes(ROOT, wanted).values()];
    const parents = facts.flatMap(({ parent }) => (parent ? [parent.type] : []));
    expect(parents).toContain('google_secret_manager_secret');
    expect(parents.filter((type) => !facts.some((each) => each.kind === 'resource' && each.type === type))).toEqual([]);
  });

  it('give defaults, enums and patterns that agree with each other', () => {
    const wrong: string[] = [];
    const visit = (type: string, block: Block): void => {
      for (const [name, attribute] of Object.entries(block.attributes)) {
        const value = attribute.default;
        if (value !== undefined && attribute.computed) wrong.push(`${type}.${name}: a default on a computed attribute`);
        if (value !== undefined && attribute.enum && !attribute.enum.includes(value as string))
          wrong.push(`${type}.${name}: default not in enum`);
        if (value !== undefined && attribute.type !== { string: 'string', number: 'number', boolean: 'bool' }[typeof value as 'string'])
          wrong.push(`${type}.${name}: default of another type`);
        if (attribute.pattern !== undefined) expect(() => new RegExp(attribute.pattern ?? '')).not.toThrow();
      }
      Object.entries(block.blocks).forEach(([name, nested]) => visit(`${type}.${name}`, nested.block));
    };
    loadTypes(ROOT, wanted).forEach((facts) => visit(facts.type, facts.block));
    expect(wrong).toEqual([]);
  });

  it('decide nothing that the configuration alone decides', () => {
    const wrong = [...loadTypes(ROOT, wanted).values()].flatMap((facts) =>
      Object.keys(facts.computes)
        .filter((path) => {
          const steps = path.split('.');
          const name = steps.pop() ?? '';
          const block = steps.reduce<Block | undefined>((parent, step) => parent?.blocks[step]?.block, facts.block);
          return !(block?.attributes[name]?.computed ?? block?.blocks[name]?.computed);
        })
        .map((path) => `${facts.type}: ${path} is not computed`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a broken overlay file', () => {
  const problem = (text: string): string => {
    try {
      parseOverlay(text, 'rehearsal/overlay/google/x.yaml', typeOverlay);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  it.each([
    ['an unknown key', "source: hashicorp/google 6.50.0\nid: '{{name}}'\nforcenew: [a]", /x\.yaml: .*forcenew/],
    [
      'a path with an index',
      "source: hashicorp/google 6.50.0\nid: '{{name}}'\nforceNew: [a.0.b]",
      /x\.yaml: forceNew: 0: must be a dotted path/,
    ],
    ['a hole that cannot be read', "source: hashicorp/google 6.50.0\nid: '{{NAME}}'", /x\.yaml: id: .*hole/],
    ['no source', "id: '{{name}}'", /x\.yaml: source: /],
    ['no YAML', 'id: [', /x\.yaml: /],
    ['a key twice', "source: hashicorp/google 6.50.0\nid: '{{name}}'\nid: '{{name}}'", /x\.yaml: .*unique/],
  ])('is named with %s', (_, text, message) => {
    expect(problem(text)).toMatch(message);
  });
});

describe('missingOverlayHelp', () => {
  it('says which file to add, what to put in it and where the facts are', () => {
    const help = missingOverlayHelp('google', 'resource', 'google_thing');
    expect(help).toContain('Add rehearsal/overlay/google/google_thing.yaml');
    expect(help).toContain("id: '");
    expect(help).toContain('docs of the type');
    expect(missingOverlayHelp('google', 'data', 'google_thing')).toContain('rehearsal/overlay/google/data_google_thing.yaml');
  });
});
