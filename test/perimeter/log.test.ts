import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { readEntry } from '../../perimeter/log-entry';
import { readLog } from '../../perimeter/log-reader';
import { asLog, callEntry, streamed, violationEntry } from '../support/audit-log';

async function read(text: string | Uint8Array, chunk?: number) {
  const entries: unknown[] = [];
  const reading = await readLog(streamed(text, chunk), (entry) => entries.push(entry));
  return { entries, reading };
}

describe('a log', () => {
  const log = asLog([violationEntry({ principal: 'ünïcode@acme.example' }), callEntry('2026-11-01T00:00:00Z'), violationEntry()]);

  it.each([1, 7, 65_536])('is read whole, in chunks of %d bytes', async (chunk) => {
    const { entries, reading } = await read(log, chunk);
    expect(entries).toEqual(JSON.parse(log));
    expect(reading).toEqual({
      entries: 3,
      bytes: Buffer.byteLength(log),
      sha256: createHash('sha256').update(log).digest('hex'),
      broken: undefined,
    });
  });

  it.each<[string, string, number, string | undefined | RegExp]>([
    ['without entries', '[]\n', 0, undefined],
    ['with space around', ' \n[ ]  \n', 0, undefined],
    ['that is empty', '', 0, 'it is empty: without entries, gcloud prints []'],
    ['that ends within an entry', log.slice(0, -200), 2, 'it ends within entry 3'],
    ['that ends within a character', log.slice(0, 200), 0, 'it ends within entry 1'],
    ['that is an object', '{"a": 1}', 0, 'it is not one JSON array: read it with `gcloud logging read … --format=json`'],
    ['that is text', 'ERROR: (gcloud.logging.read) 403', 0, 'it is not one JSON array: read it with `gcloud logging read … --format=json`'],
    ['with rubbish in it', '[{"a": 1}, oops]', 1, /^it is not valid JSON after entry 1: /],
    ['with rubbish behind it', '[{"a": 1}] []', 1, /^it is not valid JSON after entry 1: /],
    ['of one entry a line', '{"a": 1}\n{"a": 2}\n', 0, /^it is not one JSON array/],
  ])('%s', async (_what, text, count, broken) => {
    const { entries, reading } = await read(text);
    expect(entries).toHaveLength(count);
    if (broken instanceof RegExp) expect(reading.broken).toMatch(broken);
    else expect(reading.broken).toBe(broken);
    expect(reading.bytes).toBe(Buffer.byteLength(text));
  });

  it('that is cut anywhere is never taken for whole, and never throws', async () => {
    const body = log.trimEnd();
    for (let length = 0; length < body.length; length += 53) {
      const { reading, entries } = await read(body.slice(0, length));
      expect(reading.broken).toBeDefined();
      expect(entries).toEqual((JSON.parse(log) as unknown[]).slice(0, entries.length));
    }
  });

  it('of any bytes never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const { reading } = await read(Buffer.concat([Buffer.from('['), bytes]));
        expect(reading.entries).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('that is nested deeply does not take the stack down', async () => {
    const { reading } = await read('['.repeat(200_000));
    expect(reading.broken).toBeDefined();
  });
});

describe('an entry', () => {
  const violations = (given: Parameters<typeof violationEntry>[0]) => {
    const entry = readEntry(violationEntry(given));
    if (entry.kind !== 'violations') throw new Error(JSON.stringify(entry));
    return entry.violations;
  };

  it('in the documented format, of ingress', () => {
    expect(violations({ source: 'projects/123456789012', permissions: ['storage.objects.get'] })).toEqual([
      {
        direction: 'ingress',
        pass: 'tried',
        perimeter: 'prod',
        principal: 'serviceAccount:etl@acme-data.iam.gserviceaccount.com',
        service: 'storage.googleapis.com',
        method: 'google.storage.objects.get',
        permissions: ['storage.objects.get'],
        reason: 'NO_MATCHING_ACCESS_LEVEL',
        target: '905148237260',
        sourceProject: '123456789012',
        callerIp: '203.0.113.77',
        time: '2026-11-10T09:30:00.123Z',
      },
    ]);
  });

  it('of egress, out of a network', () => {
    const network = '//compute.googleapis.com/projects/acme-web/global/networks/main';
    expect(violations({ direction: 'egress', source: network, target: 'projects/200000000001', dryRun: false })).toMatchObject([
      {
        direction: 'egress',
        pass: 'enforced',
        sourceNetwork: 'projects/acme-web/global/networks/main',
        sourceProject: undefined,
        target: '200000000001',
      },
    ]);
  });

  it('of a service that a network inside may not reach', () => {
    expect(violations({ reason: 'SERVICE_NOT_ALLOWED_FROM_VPC' })).toMatchObject([{ direction: 'accessible' }]);
  });

  it('of nobody in particular, of a person and of a federated identity', () => {
    expect(violations({ principal: undefined })[0]!.principal).toBeUndefined();
    expect(violations({ principal: 'ada@acme.example' })[0]!.principal).toBe('user:ada@acme.example');
    const federated = violationEntry({ principal: undefined }) as { protoPayload: { authenticationInfo: object } };
    const subject = 'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/main';
    federated.protoPayload.authenticationInfo = { principalSubject: subject };
    expect(readEntry(federated)).toMatchObject({ violations: [{ principal: subject }] });
  });

  it('of any other call is a sign of use', () =>
    expect(readEntry(callEntry('2026-11-01T01:00:00+01:00'))).toEqual({ kind: 'request', time: '2026-11-01T00:00:00.000Z' }));

  it.each<[string, (entry: Record<string, unknown>) => unknown, RegExp]>([
    ['that is no object', () => 'text', /the entry: /],
    ['that is null', () => null, /the entry: /],
    ['without a time', ({ timestamp: _, ...rest }) => rest, /^timestamp: /],
    ['with a time that is none', (entry) => ({ ...entry, timestamp: 'yesterday' }), /^timestamp: /],
    [
      'with a method that is a number',
      (entry) => ({ ...entry, protoPayload: { ...(entry['protoPayload'] as object), methodName: 1 } }),
      /^protoPayload.methodName: /,
    ],
    [
      'of a violation without a reason or a rule',
      (entry) => ({
        ...entry,
        protoPayload: {
          ...(entry['protoPayload'] as object),
          metadata: { '@type': 'type.googleapis.com/google.cloud.audit.VpcServiceControlAuditMetadata' },
        },
      }),
      /a violation of nothing/,
    ],
  ])('%s is told, not thrown', (_what, change, why) => {
    expect(readEntry(change(violationEntry()))).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) });
  });

  it('of any shape never throws', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 5 }), (value) => {
        expect(['request', 'unreadable', 'violations']).toContain(readEntry(value).kind);
      }),
    );
  });
});
