import { stringify } from 'yaml';
import { checkFiles } from '../../configuration';
import { join } from 'node:path';
import {
  definePerimeter,
  evidenceOf,
  type Evidence,
  fingerprint,
  promote,
  readEvidence,
  reportViolations,
  writeEvidence,
} from '../../perimeter';
import { asLog, calls, streamed, violationEntry } from '../support/audit-log';
import { withFiles } from '../support/files';
import { environmentWith, type PerimeterInput } from './environments';

const TODAY = '2026-11-21';
const ENVIRONMENT = environmentWith();
const TEXT = 'tier: production\nperimeter:\n  mode: dry-run\n';

async function evidenceFor(environment = ENVIRONMENT, entries: readonly unknown[] = calls('2026-11-01', 20, 10)): Promise<Evidence> {
  return evidenceOf((await reportViolations(environment, streamed(asLog(entries)), TODAY))!)!;
}

const missing = (evidence: Evidence | undefined, environment = ENVIRONMENT, text = TEXT, today = TODAY): readonly string[] => {
  const promotion = promote(environment, text, evidence, today);
  return 'missing' in promotion ? promotion.missing : [];
};

describe('promote refuses', () => {
  let good: Evidence;
  beforeAll(async () => (good = await evidenceFor()));

  it('nothing, where the evidence is good', () => expect(missing(good)).toEqual([]));
  it('without evidence', () =>
    expect(missing(undefined)).toEqual([
      expect.stringMatching(/no evidence that nothing breaks.*npm run perimeter -- report prod --log FILE --save/),
    ]));

  it.each<[string, (evidence: Evidence) => Partial<Evidence>, RegExp]>([
    ['evidence of another environment', () => ({ environment: 'staging' }), /is of staging, perimeter prod, not of prod/],
    ['evidence of another perimeter', () => ({ perimeter: 'other' }), /is of prod, perimeter other/],
    ['evidence of another configuration', () => ({ configuration: '0'.repeat(64) }), /another configuration than perimeter\.config is now/],
    [
      'a log that breaks off',
      ({ log }) => ({ log: { ...log, broken: 'it ends within entry 7' } }),
      /not read to its end: it ends within entry 7/,
    ],
    [
      'entries that nobody could read',
      ({ counts }) => ({ counts: { ...counts, unreadable: 3 } }),
      /3 entries of the log could not be read/,
    ],
    ['a trial without a beginning', () => ({ triedSince: undefined }), /set perimeter\.promotion\.triedSince/],
    ['a window that is too short', ({ window }) => ({ window: { ...window, days: 13 } }), /spans 13 days, and 14 are needed/],
    ['silence', ({ counts }) => ({ counts: { ...counts, requests: 99 } }), /shows 99 calls, and 100 are needed: silence proves nothing/],
    ['open violations', ({ counts }) => ({ counts: { ...counts, open: 2 } }), /2 rules would be broken/],
    ['a log that is old', ({ window }) => ({ window: { ...window, to: '2026-11-13T23:59:59Z' } }), /The log ends 8 days ago/],
    [
      'a waiver that has expired',
      () => ({ waivers: [{ rule: 'ingress-00000000', owner: 'a@b.example', reason: '', expires: '2026-11-20' }] }),
      /waiver of ingress-00000000 expired on 2026-11-20: ask a@b.example/,
    ],
  ])('%s', (_what, change, sentence) => expect(missing({ ...good, ...change(good) })).toEqual([expect.stringMatching(sentence)]));

  it('all of it at once', () => {
    const bad = {
      ...good,
      configuration: '0'.repeat(64),
      window: { ...good.window, days: 1 },
      counts: { ...good.counts, open: 1, requests: 0 },
    };
    expect(missing(bad)).toHaveLength(4);
  });

  it('where nothing is tried', () => {
    const enforced = environmentWith((perimeter) => Object.assign(perimeter, { mode: 'enforced' }));
    expect(missing(good, enforced)).toEqual(['Nothing is tried: the mode is enforced.']);
  });

  it.each([
    ['shared.yaml', 'tier: production\n'],
    ['one line', 'perimeter: { mode: dry-run }\n'],
  ])('what stands in %s', (_where, text) =>
    expect(missing(good, ENVIRONMENT, text)).toEqual([expect.stringMatching(/on lines of its own/)]),
  );

  it('violations that are neither settled nor waived, from a real report', async () => {
    const evidence = await evidenceFor(ENVIRONMENT, [...calls('2026-11-01', 20, 10), violationEntry()]);
    expect(missing(evidence)).toEqual([expect.stringMatching(/1 rules would be broken/)]);
  });
});

describe('a fingerprint', () => {
  const of = (change?: Parameters<typeof environmentWith>[0]) => fingerprint(definePerimeter(environmentWith(change))!, 'config');

  it('does not depend on the order in which things are written', () => {
    const reversed = of((perimeter) => {
      const policies = perimeter.ingressPolicies!;
      Object.assign(perimeter, { ingressPolicies: Object.fromEntries(Object.entries(policies).reverse()) });
    });
    expect(reversed).toBe(of());
  });

  it.each<[string, (perimeter: PerimeterInput) => void]>([
    ['a service more', (perimeter) => Object.assign(perimeter.config!, { serviceList: ['bigquery.googleapis.com'] })],
    ['a policy more', (perimeter) => perimeter.config!.ingress!.push('web-shop')],
    [
      'another content of a policy',
      (perimeter) =>
        Object.assign(perimeter.ingressPolicies!['deployer']!, { to: { projects: ['905148237260'], operations: { '*': {} } } }),
    ],
    ['a project more', (perimeter) => Object.assign(perimeter.config!, { projects: ['111111111111'] })],
    ['an access level', (perimeter) => Object.assign(perimeter, { accessLevels: { office: { kind: 'expression', expression: 'true' } } })],
  ])('changes with %s', (_what, change) => expect(of(change)).not.toBe(of()));

  it('does not change with what does not decide: mode, waivers, alerts', () => {
    const other = of((perimeter) =>
      Object.assign(perimeter, { mode: 'enforced', notificationChannels: ['projects/p/notificationChannels/1'] }),
    );
    expect(other).toBe(of());
  });
});

describe('the edit', () => {
  const COMMENTED = `# first line
tier: production   # the tier
list: [a,   "b"]

perimeter:
  # why it is tried
  mode: dry-run # since October
  config:
    # what is restricted
    services: minimal

# the end
network: { subnet: 10.0.0.0/24 }
`;

  it('changes one word, and no other character', async () => {
    expect(promote(ENVIRONMENT, COMMENTED, await evidenceFor(), TODAY)).toEqual({
      text: COMMENTED.replace('mode: dry-run', 'mode: enforced'),
    });
  });

  it('adds the line where the default was meant', async () => {
    const text = 'tier: production\nperimeter:\n    config: {}\n';
    expect(promote(ENVIRONMENT, text, await evidenceFor(), TODAY)).toEqual({
      text: 'tier: production\nperimeter:\n    mode: enforced\n    config: {}\n',
    });
  });

  it('puts the candidate into the place of the configuration, comments and all', async () => {
    const environment = environmentWith((perimeter) =>
      Object.assign(perimeter, { mode: 'enforced-with-candidate', candidate: { services: 'all', ingress: ['deployer'] } }),
    );
    const text = `perimeter:
  mode: enforced-with-candidate
  # What is enforced.
  config:
    services: minimal
    ingress: [deployer]
  # What comes next.
  candidate:
    services: all # everything
    # only this one
    ingress: [deployer]
  deployment: {}
`;
    expect(promote(environment, text, await evidenceFor(environment), TODAY)).toEqual({
      text: `perimeter:
  mode: enforced
  # What is enforced.
  config:
    services: all # everything
    # only this one
    ingress: [deployer]
  # What comes next.
  deployment: {}
`,
    });
  });

  it('puts it there in any order, and where there was no configuration', async () => {
    const environment = environmentWith((perimeter) =>
      Object.assign(perimeter, { mode: 'enforced-with-candidate', candidate: { services: 'all', ingress: ['deployer'] } }),
    );
    const evidence = await evidenceFor(environment);
    const first =
      'perimeter:\n  candidate:\n    services: all\n  mode: enforced-with-candidate\n  config:\n    services: minimal\nregion: x\n';
    expect(promote(environment, first, evidence, TODAY)).toEqual({
      text: 'perimeter:\n  mode: enforced\n  config:\n    services: all\nregion: x\n',
    });
    const none = 'perimeter:\n  mode: enforced-with-candidate\n  candidate:\n    services: all\n';
    expect(promote(environment, none, evidence, TODAY)).toEqual({ text: 'perimeter:\n  mode: enforced\n  config:\n    services: all\n' });
  });
});

describe('evidence', () => {
  it('says what was seen, and not who did what', async () => {
    const evidence = await evidenceFor(ENVIRONMENT, [...calls('2026-11-01', 20, 10), violationEntry({ principal: 'ada@acme.example' })]);
    expect(evidence).toMatchObject({
      counts: { requests: 202, violations: 1, unreadable: 0, open: 1, settled: 0, waived: 0 },
      window: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z', days: 20 },
      log: { entries: 202, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(evidence)).not.toContain('ada@acme.example');
  });

  it('is what was written, read again', async () => {
    const evidence = await evidenceFor();
    withFiles({}, (directory) => {
      expect(readEvidence(directory, 'prod')).toBeUndefined();
      writeEvidence(directory, evidence);
      expect(readEvidence(directory, 'prod')).toEqual(evidence);
    });
  });

  it.each([
    ['nothing', ''],
    ['JSON that breaks off', '{"environment": "prod"'],
    ['something else', '{"clean": true}'],
    ['more than was written', JSON.stringify({ environment: 'prod', approved: true })],
  ])('that holds %s is told, not believed', (_what, content) => {
    withFiles({ 'prod.perimeter.json': content }, (directory) => {
      expect(() => readEvidence(directory, 'prod')).toThrow(
        /prod\.perimeter\.json: is not what `npm run perimeter -- report prod --save` writes.*nobody edits it/,
      );
    });
  });

  it('leaves a file that is still valid', async () => {
    const { name, ...settings } = ENVIRONMENT;
    const text = stringify(settings, { compat: 'yaml-1.1', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
    const promotion = promote(ENVIRONMENT, text, await evidenceFor(), TODAY);
    withFiles({ [`${name}.yaml`]: 'text' in promotion ? promotion.text : '' }, (directory) => {
      const { environments, problems } = checkFiles([join(directory, `${name}.yaml`)]);
      expect(problems).toEqual([]);
      expect(environments[0]!.environment.perimeter!.mode).toBe('enforced');
    });
  });
});
