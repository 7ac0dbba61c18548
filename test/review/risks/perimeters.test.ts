import { found, short } from '../builder';

const type = 'google_access_context_manager_service_perimeter';

const policy = (title: string, identity: string) => ({
  title,
  ingress_from: [{ identities: [identity] }],
  ingress_to: [{ resources: ['*'] }],
});

const scope = (services: string[], policies: object[] = [], more: object = {}) => [
  { restricted_services: services, resources: ['projects/1'], ingress_policies: policies, ...more },
];

const SHOP = policy('shop', 'serviceAccount:shop@x.example');
const TEAM = policy('team', 'group:team@x.example');

describe('perimeter-leaves-dry-run', () => {
  const rule = 'perimeter-leaves-dry-run';

  it('sees a perimeter that was only tried', () => {
    const change = { type, before: { status: [], spec: scope(['a', 'b']) }, after: { status: scope(['a', 'b']), spec: [] } };
    expect(short(found(rule, [change]))).toEqual(['high: It was only tried, and is now enforced: 2 services in 1 project.']);
  });

  it('sees one that is enforced from the beginning, and services and projects that join', () => {
    expect(short(found(rule, [{ type, after: { status: scope(['a']) } }]))).toEqual(['high: It is made enforced: 1 service in 1 project.']);
    const joins = {
      type,
      before: { status: scope(['a']) },
      after: { status: scope(['a', 'b'], [], { resources: ['projects/1', 'projects/2'] }) },
    };
    expect(short(found(rule, [joins]))).toEqual([
      'high: These services are now denied from outside: «b».',
      'high: These projects are now inside: «projects/2».',
    ]);
  });

  it('says so when the plan does not tell', () => {
    const change = { type, before: { spec: scope(['a']) }, after: { status: [{}] }, unknown: { status: [{ resources: true }] } };
    expect(short(found(rule, [change]))).toEqual([
      'high unknown: It gets an enforced configuration, of which a part is known only after apply.',
    ]);
  });

  it('says nothing of a trial', () => {
    expect(found(rule, [{ type, before: { spec: scope(['a']) }, after: { spec: scope(['a', 'b']) } }])).toEqual([]);
    expect(found(rule, [{ type, before: { status: scope(['a', 'b']) }, after: { status: scope(['a']) } }])).toEqual([]);
  });
});

describe('perimeter-opened', () => {
  const rule = 'perimeter-opened';

  it('sees one that goes, or falls back to dry run', () => {
    const before = { status: scope(['a']) };
    expect(short(found(rule, [{ type, before, after: null }]))).toEqual([
      'high: The perimeter is deleted. Until there is one again nothing keeps data inside.',
    ]);
    expect(short(found(rule, [{ type, before, after: { spec: scope(['a']) } }]))).toEqual([
      'high: It is enforced today, and will only log.',
    ]);
  });

  it('sees services that leave, and callers that come', () => {
    const change = { type, before: { status: scope(['a', 'b'], [SHOP]) }, after: { status: scope(['a'], [SHOP, TEAM]) } };
    expect(short(found(rule, [change]))).toEqual([
      'high: These services are no longer protected: «b».',
      'medium: A new ingress policy «team» lets «group:team@x.example» through.',
    ]);
  });

  it('sees a policy that names more', () => {
    const wider = policy('shop', 'serviceAccount:other@x.example');
    const change = { type, before: { status: scope(['a'], [SHOP]) }, after: { status: scope(['a'], [wider]) } };
    expect(short(found(rule, [change]))).toEqual(['medium: The ingress policy «shop» now also names «serviceAccount:other@x.example».']);
  });

  it('says nothing of a perimeter that only protects more, or was never enforced', () => {
    expect(found(rule, [{ type, before: { status: scope(['a']) }, after: { status: scope(['a', 'b']) } }])).toEqual([]);
    expect(found(rule, [{ type, before: { spec: scope(['a']) }, after: null }])).toEqual([]);
  });
});

describe('perimeter-rule-removed', () => {
  const rule = 'perimeter-rule-removed';

  it('sees a policy, a member and an access level that go', () => {
    const change = {
      type,
      before: { status: scope(['a'], [SHOP, TEAM], { access_levels: ['l'] }) },
      after: { status: scope(['a'], [{ ...SHOP, ingress_from: [{ identities: [] }] }]) },
    };
    const level = { type: 'google_access_context_manager_access_level', before: { name: 'l' }, after: null };
    expect(short(found(rule, [change, level]))).toEqual([
      'high: These access levels no longer let anybody in: «l».',
      'high: The ingress policy «shop» no longer names «serviceAccount:shop@x.example».',
      'high: The ingress policy «team» goes: «group:team@x.example» is refused.',
      'high: The access level is deleted: ingress that asks for it is refused.',
    ]);
  });

  it('says nothing where everybody stays', () => {
    expect(found(rule, [{ type, before: { status: scope(['a'], [SHOP]) }, after: { status: scope(['a'], [SHOP, TEAM]) } }])).toEqual([]);
  });
});
