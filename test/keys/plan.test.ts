import { describePlan, type Desired, hashOf, newValue, type Observed, plan } from '../../keys';
import { metadataOf } from '../../keys/marker';
import { keyWire, teamWire } from '../../keys/wire';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECRET = 'projects/acme-ai-test/secrets/test-key-web';
const TEAM = { models: ['assistant'], budget: { usd: 100, every: '1mo' } };
const KEY = { secret: SECRET, version: 1, overlapHours: 24, team: 'support', models: [], requestsPerMinute: 60 };
const VALUE = newValue(1);

const desired = (changes: Partial<Desired> = {}): Desired => ({
  environment: 'test',
  masterKeySecret: 'projects/acme-ai-test/secrets/test-gateway-master-key',
  teams: { support: TEAM },
  keys: { web: KEY },
  ...changes,
});

const rawTeam = (changes: object = {}) => {
  const applied = teamWire(TEAM);
  const metadata = metadataOf({ environment: 'test', name: 'support', applied });
  return { team_id: 'support', blocked: false, metadata, ...applied, ...changes };
};
const rawKey = (changes: object = {}, version = 1) => {
  const applied = keyWire(KEY);
  const metadata = metadataOf({ environment: 'test', name: 'web', version, applied });
  return { token: hashOf(VALUE), key_alias: `web-v${version}`, blocked: null, metadata, ...applied, ...changes };
};
const observed = (changes: Partial<Observed> = {}): Observed => ({
  keys: [rawKey()],
  teams: [rawTeam()],
  secrets: { web: { hash: hashOf(VALUE), version: 1 } },
  ...changes,
});
const NOTHING: Observed = { keys: [], teams: [], secrets: {} };

const made = (wanted: Desired, found: Observed, remove = false) => plan(wanted, found, { delete: remove, now: NOW });
const steps = (wanted: Desired, found: Observed, remove = false) => made(wanted, found, remove).actions.map((action) => action.do);

describe('the plan of keys', () => {
  it('is empty where all is as written', () => {
    expect(made(desired(), observed())).toMatchObject({ actions: [], problems: [], notices: [] });
  });

  it('makes a team before its key', () => {
    expect(steps(desired(), NOTHING)).toEqual(['make-team', 'make-key']);
  });

  it('has the same id for the same state, and another for another', () => {
    expect(made(desired(), NOTHING).id).toBe(made(desired(), NOTHING).id);
    expect(made(desired({ keys: {} }), NOTHING).id).not.toBe(made(desired(), NOTHING).id);
  });

  it('uses a value again that a run has left behind', () => {
    const { actions } = made(desired(), { ...NOTHING, secrets: { web: { hash: hashOf(VALUE), version: 1 } } });
    expect(actions[1]).toMatchObject({ do: 'make-key', valueIsThere: true });
  });

  it('never takes a value of an earlier version, or one that was not made for it', () => {
    for (const version of [1, undefined]) {
      const { actions } = made(desired({ keys: { web: { ...KEY, version: 2 } } }), {
        ...NOTHING,
        secrets: { web: { hash: 'x', version } },
      });
      expect(actions[1]).toMatchObject({ do: 'make-key', valueIsThere: false });
    }
  });

  it('tells what was changed by hand from what was changed in the file', () => {
    const wanted = desired({ keys: { web: { ...KEY, requestsPerMinute: 90 } } });
    const { actions } = made(wanted, observed({ keys: [rawKey({ max_budget: 5 })] }));
    expect(actions).toMatchObject([
      {
        do: 'change-key',
        changes: [
          { field: 'max_budget', from: 5, to: null, byHand: true },
          { field: 'rpm_limit', from: 60, to: 90, byHand: false },
        ],
      },
    ]);
  });

  it('lets a key that gets a team do nothing on the way that it may not do before or after', () => {
    const [fromNone] = made(desired(), observed({ keys: [rawKey({ team_id: null, models: ['light'] })] })).actions;
    expect(fromNone).toMatchObject({ do: 'change-key', onTheWay: TEAM.models });
    const [fromAnother] = made(desired(), observed({ keys: [rawKey({ team_id: 'others' })] })).actions;
    expect(fromAnother).toMatchObject({ do: 'change-key', onTheWay: ['all-team-models'] });
    const [toNone] = made(desired({ keys: { web: { ...KEY, team: undefined, models: ['light'] } } }), observed()).actions;
    expect(toNone).not.toHaveProperty('onTheWay');
  });

  it('takes back a key that was allowed to administer the gateway', () => {
    expect(steps(desired(), observed({ keys: [rawKey({ allowed_routes: ['management_routes'] })] }))).toEqual(['change-key']);
  });

  it.each([
    ['blocks', false, ['block-key', 'block-team']],
    ['deletes on request', true, ['delete-key', 'delete-team']],
  ])('%s what is not in the file any more', (_what, remove, expected) => {
    expect(steps(desired({ keys: {}, teams: {} }), observed(), remove)).toEqual(expected);
  });

  it('does not block twice', () => {
    const found = observed({ keys: [rawKey({ blocked: true })], teams: [rawTeam({ blocked: true })] });
    expect(steps(desired({ keys: {}, teams: {} }), found)).toEqual([]);
  });

  it('unblocks what comes back, but not what somebody has blocked by hand', () => {
    const removed = { ...rawKey().metadata, removed: true };
    expect(steps(desired(), observed({ keys: [rawKey({ blocked: true, metadata: removed })] }))).toEqual(['unblock-key']);
    const byHand = made(desired(), observed({ keys: [rawKey({ blocked: true })], teams: [rawTeam({ blocked: true })] }));
    expect(byHand.actions).toEqual([]);
    expect(byHand.notices).toHaveLength(2);
  });

  it('ends the version before when there is a new one, once', () => {
    const wanted = desired({ keys: { web: { ...KEY, version: 2 } } });
    expect(steps(wanted, observed())).toEqual(['make-key', 'retire-key']);
    const inHours = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();
    const second = { ...rawKey({ token: 'second' }, 2) };
    const after = (hours: number) =>
      observed({ keys: [rawKey({ expires: inHours(hours) }), second], secrets: { web: { hash: 'second', version: 2 } } });
    expect(steps(wanted, after(24))).toEqual([]);
    expect(steps(wanted, after(48))).toEqual(['retire-key']);
    expect(steps(wanted, after(-1))).toEqual([]);
    expect(steps(wanted, after(-1), true)).toEqual(['delete-key']);
  });

  it('blocks the version before at once without an overlap', () => {
    expect(steps(desired({ keys: { web: { ...KEY, version: 2, overlapHours: 0 } } }), observed())).toEqual(['make-key', 'block-key']);
  });

  it('leaves alone what was not made from this file, and says so', () => {
    const found = observed({
      keys: [
        rawKey(),
        { token: 'other', key_alias: 'by-hand' },
        {
          ...rawKey({ token: 'staging' }),
          key_alias: 'stage',
          metadata: metadataOf({ environment: 'staging', name: 'web', version: 1, applied: {} }),
        },
      ],
      teams: [rawTeam(), { team_id: 'others' }],
    });
    expect(made(desired(), found, true)).toMatchObject({ actions: [], foreign: { keys: ['by-hand', 'stage'], teams: ['others'] } });
  });

  const REFUSED: readonly (readonly [string, Desired, Observed, boolean, RegExp])[] = [
    ['a version that goes down', desired(), observed({ keys: [rawKey({}, 2)] }), false, /Versions only go up: write 2, or 3/],
    ['an alias that is taken', desired(), observed({ keys: [{ token: 'x', key_alias: 'web-v1' }] }), false, /was not made from this file/],
    ['a team that is taken', desired({ keys: {} }), { ...NOTHING, teams: [{ team_id: 'support' }] }, false, /was not made from this file/],
    ['a key whose value is lost', desired(), observed({ secrets: {} }), false, /its secret holds nothing.*version: 2/],
    ['a secret with another value', desired(), observed({ secrets: { web: { hash: 'x' } } }), false, /holds something else/],
    [
      'a key that has ended before it began',
      desired({ keys: { web: { ...KEY, expires: '2026-11-20' } } }),
      NOTHING,
      false,
      /ended on 2026-11-20/,
    ],
    [
      'a team that would take others with it',
      desired({ keys: {}, teams: {} }),
      observed({ keys: [{ token: 'x', key_alias: 'theirs', team_id: 'support' }] }),
      true,
      /it is not deleted.*theirs/,
    ],
  ];

  it.each(REFUSED)('says no to %s, and does the rest', (_what, wanted, found, remove, message) => {
    const { problems, actions } = made(wanted, found, remove);
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(actions.some((action) => 'key' in action && action.key.startsWith('web'))).toBe(false);
  });

  it('works until the end of the last day', () => {
    expect(keyWire({ ...KEY, expires: '2027-02-28' }).expires).toBe('2027-03-01T00:00:00.000Z');
  });

  it('reads well', () => {
    const wanted = desired({ keys: { web: { ...KEY, requestsPerMinute: 90 }, new: { ...KEY, secret: `${SECRET}-2` } } });
    const found = observed({ keys: [rawKey({ max_budget: 5 }), { token: 'abcdef0123', key_alias: null }] });
    const text = describePlan(made(wanted, found));
    expect(text.replace(/^Plan [0-9a-f]{12}:/, 'Plan ID:')).toMatchInlineSnapshot(`
     "Plan ID:
       ~ key web-v1
           budget, US dollars: 5 → none   (changed by hand in the gateway)
           requests a minute: 60 → 90
       + key new-v1, a new value goes to projects/acme-ai-test/secrets/test-key-web-2

     Not made from this file, and left alone:
         key abcdef01…"
    `);
    expect(text).not.toContain(VALUE);
  });
});
