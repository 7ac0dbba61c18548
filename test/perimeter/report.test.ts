import { parse } from 'yaml';
import { reportAsText, reportViolations, type ReportedGroup, type ViolationReport } from '../../perimeter';
import { asLog, callEntry, streamed, violationEntry, type ViolationEntry } from '../support/audit-log';
import { environmentWith } from './environments';

const report = async (entries: readonly unknown[], environment = environmentWith()): Promise<ViolationReport> =>
  (await reportViolations(environment, streamed(asLog(entries)), '2026-11-21'))!;
const groupsOf = async (...given: ViolationEntry[]): Promise<readonly ReportedGroup[]> => (await report(given.map(violationEntry))).groups;
const proposalOf = async (...given: ViolationEntry[]): Promise<ReportedGroup['proposal']> => (await groupsOf(...given))[0]!.proposal;
const yamlOf = async (...given: ViolationEntry[]): Promise<Record<string, never>> => {
  const proposal = await proposalOf(...given);
  if (!proposal || !('yaml' in proposal)) throw new Error(JSON.stringify(proposal));
  return (parse(proposal.yaml) as { perimeter: Record<string, never> }).perimeter;
};

/** The environment with a proposal merged into it, as its reader would. */
const accepting = (section: Record<string, never>) =>
  environmentWith((perimeter) => {
    const target = perimeter as unknown as Record<string, Record<string, unknown>>;
    for (const [key, value] of Object.entries(section as Record<string, Record<string, unknown>>)) {
      target[key] ??= {};
      for (const [name, given] of Object.entries(value)) {
        target[key][name] = Array.isArray(given) ? [...((target[key][name] as unknown[] | undefined) ?? []), ...given] : given;
      }
    }
  });

describe('a report', () => {
  it('groups by caller, service, method and direction, most frequent first', async () => {
    const groups = await groupsOf(
      { time: '2026-11-02T00:00:00Z' },
      { time: '2026-11-01T00:00:00Z', callerIp: '203.0.113.78' },
      { method: 'google.storage.objects.list' },
      { principal: 'ada@acme.example' },
      { service: 'bigquery.googleapis.com' },
      { direction: 'egress', target: 'projects/200000000001' },
    );
    expect(groups).toHaveLength(5);
    expect(groups[0]).toMatchObject({
      count: 2,
      first: '2026-11-01T00:00:00.000Z',
      last: '2026-11-02T00:00:00.000Z',
      callerIps: { values: ['203.0.113.77', '203.0.113.78'] },
    });
    expect(new Set(groups.map(({ id }) => id)).size).toBe(5);
  });

  it('names a group the same in every log', async () => {
    const [one] = await groupsOf({ time: '2026-11-02T00:00:00Z' });
    const [other] = await groupsOf({ callerIp: '198.51.100.1', source: 'projects/123456789012' });
    expect(other!.id).toBe(one!.id);
  });

  it('tells what is tried from what is enforced, and other perimeters from this one', async () => {
    const { counts, groups, denials } = await report([
      violationEntry(),
      violationEntry({ dryRun: false }),
      violationEntry({ perimeter: 'other' }),
    ]);
    expect({ counts, tried: groups.length, enforced: denials.length }).toMatchObject({
      counts: { violations: 1, denials: 1, elsewhere: 1 },
      tried: 1,
      enforced: 1,
    });
  });

  it('leaves out what was logged before it was tried', async () => {
    const { counts, window } = await report([
      violationEntry({ time: '2026-09-30T23:59:59Z' }),
      callEntry('2026-10-01T00:00:00Z'),
      callEntry('2026-10-15T12:00:00Z'),
    ]);
    expect({ counts, window }).toMatchObject({ counts: { before: 1, requests: 2, violations: 0 }, window: { days: 14 } });
  });

  it('evaluates against the file as it is now: what a policy allows since is settled', async () => {
    const shop = violationEntry({
      principal: 'storefront@acme-web-prod.iam.gserviceaccount.com',
      service: 'aiplatform.googleapis.com',
      source: 'projects/667788990011',
    });
    expect((await report([shop])).groups[0]!.state).toBe('open');
    const allowing = environmentWith((perimeter) => perimeter.config!.ingress!.push('web-shop'));
    expect((await report([shop], allowing)).groups[0]!.state).toBe('settled');
  });

  it('respects waivers until they expire', async () => {
    const [{ id } = { id: '' }] = await groupsOf({});
    const waived = (expires: string) =>
      environmentWith((perimeter) => {
        Object.assign(perimeter.promotion!, {
          waivers: [
            { rule: id, owner: 'data@acme.example', reason: 'The job is retired; it is switched off at the end of the year.', expires },
          ],
        });
      });
    expect((await report([violationEntry()], waived('2026-11-21'))).groups[0]!.state).toBe('waived');
    expect((await report([violationEntry()], waived('2026-11-20'))).groups[0]!.state).toBe('open');
  });

  it('counts what it cannot read, and says why', async () => {
    const { counts, unreadable } = await report(['text', 1, ...Array.from({ length: 10 }, () => ({}))]);
    expect(counts.unreadable).toBe(12);
    expect(unreadable).toHaveLength(5);
    expect(unreadable[0]).toMatch(/^entry 1: /);
  });
});

describe('a proposal', () => {
  it.each<[string, ViolationEntry[], object]>([
    ['a project', [{ source: 'projects/123456789012' }], { projects: ['123456789012'] }],
    [
      'a network',
      [{ source: '//compute.googleapis.com/projects/shop/global/networks/main' }],
      { networks: ['projects/shop/global/networks/main'] },
    ],
    [
      'public addresses',
      [{ callerIp: '203.0.113.77' }, { callerIp: '2001:db8::7' }],
      { accessLevels: [expect.stringMatching(/^ingress_[0-9a-f]{8}_addresses$/)] },
    ],
    ['addresses that the log hides', [{ callerIp: 'private' }], { anywhere: true }],
    ['private addresses', [{ callerIp: '10.1.2.3' }], { anywhere: true }],
  ])('for calls from %s names no more than those', async (_from, given, sources) => {
    const section = await yamlOf(...given);
    const [policy] = Object.values(section['ingressPolicies'] as unknown as Record<string, unknown>) as { from: object; to: object }[];
    expect(policy).toEqual({
      from: { identities: ['serviceAccount:etl@acme-data.iam.gserviceaccount.com'], ...sources },
      to: { projects: ['905148237260'], operations: { 'storage.googleapis.com': { methods: ['google.storage.objects.get'] } } },
    });
  });

  it.each<[string, ViolationEntry[]]>([
    ['a project', [{ source: 'projects/123456789012' }]],
    ['a network', [{ source: '//compute.googleapis.com/projects/shop/global/networks/main' }]],
    ['addresses', [{ callerIp: '203.0.113.77' }, { callerIp: '2001:db8::7' }]],
    ['nowhere', [{ callerIp: 'private' }]],
    ['nobody', [{ principal: undefined }]],
    ['inside', [{ direction: 'egress', source: 'projects/905148237260', target: 'projects/200000000001' }]],
    ['inside, to another cloud', [{ direction: 'egress', target: 's3://partner', service: 'storage.googleapis.com' }]],
    ['a browser, to Cloud Run', [{ service: 'run.googleapis.com', method: 'run.googleapis.com/HttpIngress', principal: undefined }]],
    ['a network that may not reach the service', [{ reason: 'SERVICE_NOT_ALLOWED_FROM_VPC', service: 'bigquery.googleapis.com' }]],
  ])('for calls from %s settles them, once it is in the file', async (_from, given) => {
    const again = await report(given.map(violationEntry), accepting(await yamlOf(...given)));
    expect(again.groups.map(({ state }) => state)).toEqual(['settled']);
  });

  it('for one caller lets in no other', async () => {
    const given: ViolationEntry = { source: 'projects/123456789012' };
    const other = violationEntry({ ...given, principal: 'mallory@acme-data.iam.gserviceaccount.com' });
    expect((await report([other], accepting(await yamlOf(given)))).groups[0]!.state).toBe('open');
  });

  it.each<[string, ViolationEntry]>([
    ['a caller whose name the log hides', { principal: 'ada…@acme.example' }],
    ['a caller with a line break in the name', { principal: 'ada@acme.example\nserviceAccount: x' }],
    ['a method with YAML in it', { method: 'get"]: {}\n"*' }],
    ['a service that is none', { service: 'storage.googleapis.com"' }],
    ['a project by its ID', { target: 'projects/acme' }],
  ])('is not made for %s', async (_what, given) => expect(await proposalOf(given)).toEqual({ none: expect.any(String) }));
});

describe('a report for people', () => {
  const HOSTILE = [
    '\u001b[2J\u001b[31mall is well',
    '\u202eevil',
    '| a | b |\n|---|---|',
    '[click](https://evil.example)',
    '<script>alert(1)</script>',
    '__proto__',
    'x'.repeat(2000),
    '\u0000',
    '`rm -rf`',
  ];

  it('shows nothing that could move a cursor, turn the direction of text or begin a line', async () => {
    const entries = HOSTILE.flatMap((text) => [
      violationEntry({ principal: text }),
      violationEntry({ method: text }),
      violationEntry({ service: text }),
      violationEntry({ reason: text }),
      violationEntry({ source: `projects/${text}` }),
      violationEntry({ target: text }),
      violationEntry({ callerIp: text.slice(0, 99) }),
    ]);
    const result = await report(entries);
    expect(result.counts.unreadable).toBe(0);
    const text = reportAsText(result);
    expect(text.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/);
    expect(text).not.toMatch(/^\|/m);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(1000);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('stays as it is', async () => {
    const entries = [
      violationEntry({ source: 'projects/123456789012' }),
      violationEntry({ principal: 'deployer@acme-ai-prod.iam.gserviceaccount.com' }),
      violationEntry({ dryRun: false, direction: 'egress', target: 'projects/200000000001' }),
      callEntry('2026-11-19T00:00:00Z'),
      'not an entry',
    ];
    expect(reportAsText(await report(entries))).toMatchSnapshot();
  });

  it('is short, however many there are', async () => {
    const entries = Array.from({ length: 200 }, (_, index) => violationEntry({ method: `m.n${index}` }));
    const text = reportAsText(await report(entries));
    expect(text).toContain('… and 170 more: --json shows all');
  });
});
