import { attributesIn, evaluate, holeProblems, parseImportId, type TemplateContext } from '../../../rehearsal/overlay/templates';

const context = (attributes: Record<string, unknown>, seed = 'google_thing a'): TemplateContext => {
  const counters = new Map<string, number>();
  return {
    attributes,
    settings: { project: 'provider-project', region: 'europe-west4' },
    created: '2026-01-02T03:04:05Z',
    seed,
    counter: (scope) => {
      const next = (counters.get(scope) ?? 0) + 1;
      counters.set(scope, next);
      return next;
    },
  };
};

describe('evaluate', () => {
  it('fills text from the object, and from the provider where the object does not say it', () => {
    const template = 'projects/{{project}}/regions/{{region}}/things/{{name}}';
    expect(evaluate(template, context({ name: 'a' }))).toBe('projects/provider-project/regions/europe-west4/things/a');
    expect(evaluate(template, context({ name: 'a', project: 'own', region: null }))).toBe('projects/own/regions/europe-west4/things/a');
  });

  it('keeps the type of a value that is the whole template', () => {
    expect(evaluate('{{count}}', context({ count: 3 }))).toBe(3);
    expect(evaluate('{{missing}}', context({}))).toBeNull();
    expect(evaluate('{{missing}}!', context({}))).toBe('!');
  });

  it('looks through the first element of lists', () => {
    expect(evaluate('{{settings.tier}}', context({ settings: [{ tier: 'db-g1-small' }] }))).toBe('db-g1-small');
    expect(evaluate('{{settings.tier}}', context({ settings: [] }))).toBeNull();
  });

  it('evaluates inside lists and objects and leaves scalars alone', () => {
    expect(evaluate([{ name: '{{name}}', port: 8080, on: true, none: null }], context({ name: 'a' }))).toEqual([
      { name: 'a', port: 8080, on: true, none: null },
    ]);
  });

  it('draws the same numbers for the same object and others for another', () => {
    for (const hole of ['{{number}}', '{{number:12}}', '{{hex:8}}', '{{uuid}}', '{{octet:1}}']) {
      expect(evaluate(hole, context({}))).toEqual(evaluate(hole, context({})));
      expect(evaluate(hole, context({}))).not.toEqual(evaluate(hole, context({}, 'google_thing other')));
    }
    expect(evaluate('{{number:12}}', context({}))).toMatch(/^[1-9]\d{11}$/);
    expect(evaluate('{{number}}', context({}))).toMatch(/^[1-9]\d{18}$/);
    expect(evaluate('{{hex:8}}', context({}))).toMatch(/^[0-9a-f]{8}$/);
    expect(evaluate('{{uuid}}', context({}))).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(evaluate('{{octet:1}}', context({}))).not.toEqual(evaluate('{{octet:2}}', context({})));
  });

  it('gives a project one number, whatever the object', () => {
    expect(evaluate('{{project_number}}', context({}))).toBe(evaluate('{{project_number}}', context({}, 'another')));
    expect(evaluate('{{project_number}}', context({}))).not.toBe(evaluate('{{project_number}}', context({ project: 'own' })));
  });

  it('counts by the value of an attribute', () => {
    const one = context({ secret: 'a' });
    expect([evaluate('{{counter:secret}}', one), evaluate('v{{counter:secret}}', one)]).toEqual([1, 'v2']);
  });

  it.each([
    ['{{link|basename}}', { link: 'projects/p/global/networks/net' }, 'net'],
    ['{{link|basename}}', { link: 'plain' }, 'plain'],
    ['{{link|basename}}', { link: 'arn:x/y|version' }, 'version'],
    ['{{range|gateway}}', { range: '10.4.0.0/20' }, '10.4.0.1'],
    ['{{url|noscheme}}', { url: 'https://token.example.com/a' }, 'token.example.com/a'],
    ['a{{title|segment}}', { title: 'expires' }, 'a/expires'],
    ['a{{title|segment}}', {}, 'a'],
  ])('%s of %j is %s', (template, attributes, expected) => {
    expect(evaluate(template, context(attributes))).toBe(expected);
  });
});

describe('attributesIn', () => {
  it('names what a template needs', () => {
    expect(attributesIn(['{{a.b}}-{{hex:4}}', { x: '{{c|basename}} {{counter:d}} {{project_number}}' }, 5])).toEqual([
      'a.b',
      'c',
      'd',
      'project',
    ]);
  });
});

describe('parseImportId', () => {
  it.each([
    ['projects/{{project}}/secrets/{{secret_id}}', 'projects/p/secrets/s', { project: 'p', secret_id: 's' }],
    ['{{project}}/{{name}}', 'p/n', { project: 'p', name: 'n' }],
    ['{{name}}', 'a/b', undefined],
    ['{{name|path}}', 'a/b', { name: 'a/b' }],
    [
      '{{key_ring|path}}/cryptoKeys/{{name}}',
      'projects/p/locations/l/keyRings/k/cryptoKeys/n',
      { key_ring: 'projects/p/locations/l/keyRings/k', name: 'n' },
    ],
    [
      '{{project}} {{role}} {{member}}',
      'p roles/viewer user:a@example.com',
      { project: 'p', role: 'roles/viewer', member: 'user:a@example.com' },
    ],
    ['{{project}} {{role}} {{member}}', 'p roles/viewer', undefined],
  ])('%s reads %s', (template, id, expected) => {
    expect(parseImportId(template, id)).toEqual(expected);
  });
});

describe('holeProblems', () => {
  it('finds holes that nothing fills', () => {
    expect(holeProblems('projects/{{project}}/{{name|basename}}')).toEqual([]);
    expect(holeProblems('{{Name}}')).toHaveLength(1);
    expect(holeProblems('{{name')).toHaveLength(1);
    expect(holeProblems('{{name|upper}}')[0]).toContain('no filter upper');
  });
});
