import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { foundIn, triage, triageSchema, type TriagedAdvisory } from '../../../tools/supply-chain/advisories';
import { PROJECT, readLockFile } from '../../../tools/supply-chain/lock-file';

const glob = {
  source: 1109843,
  name: 'glob',
  dependency: 'glob',
  title: 'glob CLI: Command injection via -c/--cmd executes matches with shell:true',
  url: 'https://github.com/advisories/GHSA-5j98-mcp5-4vw2',
  severity: 'high',
  cwe: ['CWE-78'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H' },
  range: '>=10.2.0 <10.5.0',
};

/** In the form of npm 11: `archiver-utils` is named only because of `glob`. */
const report = (nodes: readonly string[]): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      'archiver-utils': {
        name: 'archiver-utils',
        severity: 'high',
        isDirect: false,
        via: ['glob'],
        effects: [],
        range: '*',
        nodes: ['node_modules/archiver-utils'],
        fixAvailable: true,
      },
      glob: {
        name: 'glob',
        severity: 'high',
        isDirect: false,
        via: [glob],
        effects: ['archiver-utils'],
        range: '10.2.0 - 10.4.5',
        nodes,
        fixAvailable: true,
      },
    },
    metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 2, critical: 0, total: 2 } },
  });

const HERE = 'node_modules/cdktf/node_modules/glob';
const entry: TriagedAdvisory = {
  id: 'GHSA-5j98-mcp5-4vw2',
  package: 'glob',
  paths: [HERE],
  why: 'Only the command line of glob runs what its option names.',
  do: 'Nothing until CDKTF is left.',
  until: '2027-05-21',
};

describe('advisories', () => {
  it('are read from what npm prints: each once for each place, and none for those who only depend on it', () => {
    expect(foundIn(report([HERE, 'node_modules/glob']))).toEqual(
      [HERE, 'node_modules/glob'].map((path) => ({ id: entry.id, package: 'glob', path, severity: 'high', title: glob.title })),
    );
    expect(foundIn('{"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}')).toEqual([]);
  });

  it.each([
    ['{"message":"405 Method Not Allowed - POST","method":"POST"}', '405 Method Not Allowed - POST'],
    ['', 'it said nothing'],
    ['{"auditReportVersion":1,"advisories":{}}', 'it said nothing'],
  ])('are not taken for none when there is no report: %j', (json, said) => {
    expect(() => foundIn(json)).toThrow(`npm audit gave no report: ${said}`);
  });

  it('are open until somebody has looked at them, at that place', () => {
    expect(triage(foundIn(report([HERE])), [], '2026-11-21').open).toEqual([
      `GHSA-5j98-mcp5-4vw2 glob (high) at ${HERE}: ${glob.title}\n  Nobody has looked at it yet: update the package, or say in tools/supply-chain/advisories.yaml why it does no harm.`,
    ]);
    const both = triage(foundIn(report([HERE, 'node_modules/glob'])), [entry], '2026-11-21');
    expect(both).toMatchObject({ open: [expect.stringContaining(' at node_modules/glob: ')], gone: [], accepted: 1 });
    for (const other of [
      { ...entry, id: 'GHSA-aaaa-bbbb-cccc' },
      { ...entry, package: 'globby' },
    ])
      expect(triage(foundIn(report([HERE])), [other], '2026-11-21')).toMatchObject({
        open: [expect.anything()],
        gone: [expect.anything()],
      });
  });

  it('are open again after their day', () => {
    expect(triage(foundIn(report([HERE])), [entry], '2027-05-21')).toEqual({ open: [], gone: [], accepted: 1 });
    expect(triage(foundIn(report([HERE])), [entry], '2027-05-22').open).toEqual([
      expect.stringContaining('\n  It was to be looked at again by 2027-05-21. Then: Nothing until CDKTF is left.'),
    ]);
  });

  it('that are gone are told', () => expect(triage([], [entry], '2026-11-21').gone).toEqual(['GHSA-5j98-mcp5-4vw2 glob']));
});

describe('tools/supply-chain/advisories.yaml', () => {
  const { advisories } = triageSchema.parse(parse(readFileSync(join(PROJECT, 'tools/supply-chain/advisories.yaml'), 'utf8')));

  it('names packages at places where they are installed', () => {
    const { packages } = readLockFile();
    for (const { package: name, paths } of advisories)
      for (const path of paths) expect([path, path.endsWith(`node_modules/${name}`) && path in packages]).toEqual([path, true]);
    expect(new Set(advisories.map(({ id, package: name }) => `${id} ${name}`)).size).toBe(advisories.length);
  });

  it.each([
    ['without a reason', { why: 'fine' }],
    ['without a day', { until: 'later' }],
    ['of another kind', { id: 'CVE-2025-64756' }],
    ['with something else', { ignore: true }],
  ])('takes no entry %s', (_, change) => expect(triageSchema.safeParse({ advisories: [{ ...entry, ...change }] }).success).toBe(false));
});
