import { checkPolicy, type StackDocument, type Suppression } from '../../policy';
import { resource } from '../../policy/rule';

const TODAY = '2026-11-21';

/** Breaks NET-005 and nothing else. */
const stack: StackDocument = {
  name: 'prod-foundation',
  json: resource('google_compute_network', { name: 'main', '//': { metadata: { path: 'prod-foundation/Network/Vpc/Resource' } } }),
};

const suppression = (changes: Partial<Suppression> = {}): Suppression => ({
  name: 'old-network',
  rule: 'NET-005',
  path: 'prod-foundation/Network/**',
  reason: 'The network is older than this repository.',
  owner: 'network@acme.example',
  ...changes,
});

const check = (...suppressions: Suppression[]) =>
  checkPolicy([stack], { production: true, perimeter: true, suppressions, source: 'prod.yaml', today: TODAY });
const found = (...suppressions: Suppression[]) => check(...suppressions).findings.map(({ rule }) => rule);

describe('a suppression', () => {
  it('takes a finding out, and is listed with it', () => {
    const report = check(suppression());
    expect(report.findings).toEqual([]);
    expect(report.suppressed).toMatchObject([
      { rule: 'NET-005', path: 'prod-foundation/Network/Vpc/Resource', suppression: suppression() },
    ]);
  });

  // path → is the construct prod-foundation/Network/Vpc/Resource meant?
  it.each([
    ['prod-foundation/Network/Vpc/Resource', true],
    ['prod-foundation/Network/*/Resource', true],
    ['prod-foundation/**', true],
    ['*-foundation/Network/Vpc/Resource', true],
    ['**/Vpc/Resource', true],
    ['prod-foundation/Network/*', false],
    ['prod-foundation/Network', false],
    ['prod-foundation/Network/Vpc/Resourc?', false],
    ['prod.foundation/Network/Vpc/Resource', false],
    ['Network', false],
    ['*', false],
    ['**', false],
    ['**/*', false],
    ['', false],
  ])('at %j is meant for the construct: %s', (path, meant) =>
    expect(found(suppression({ path }))).toEqual(meant ? [] : ['NET-005', 'POL-001']),
  );

  it.each([
    ['2026-11-20', ['NET-005', 'POL-002']],
    ['2026-11-21', []],
    ['2026-11-22', []],
    [undefined, []],
  ])('that expires on %s leaves %j', (expires, left) => expect(found(suppression({ expires }))).toEqual(left));

  it('that is not needed any more is a finding, also when it has expired', () => {
    expect(found(suppression({ rule: 'NET-004' }))).toEqual(['NET-005', 'POL-001']);
    expect(found(suppression({ rule: 'NET-004', expires: '2026-01-01' }))).toEqual(['NET-005', 'POL-001']);
  });

  it('of a rule that does not exist is a finding', () => expect(found(suppression({ rule: 'NET-999' }))).toEqual(['NET-005', 'POL-003']));

  it('of findings about suppressions does not exist', () => {
    expect(found(suppression({ rule: 'POL-001', path: 'prod.yaml' }))).toEqual(['NET-005', 'POL-003']);
  });

  it('says where it stands, and what to do', () => {
    expect(check(suppression(), suppression({ name: 'private', rule: 'NET-004' })).findings).toMatchObject([
      {
        rule: 'POL-001',
        level: 'warning',
        path: 'prod.yaml',
        place: 'policy.suppressions.private',
        message: 'suppresses nothing: NET-004 has nothing to say at prod-foundation/Network/**',
        fix: expect.stringMatching(/^Remove it/) as string,
      },
    ]);
  });

  it('also settles what cannot be decided', () => {
    const json = resource('google_compute_network', { name: 'main', auto_create_subnetworks: '${var.x}' });
    const options = { production: true, perimeter: true, source: 'prod.yaml', today: TODAY };
    const path = 'vpc/google_compute_network.example';
    expect(checkPolicy([{ name: 'vpc', json }], options).findings).toMatchObject([{ outcome: 'unknown', path }]);
    expect(checkPolicy([{ name: 'vpc', json }], { ...options, suppressions: [suppression({ path })] }).findings).toEqual([]);
  });
});
