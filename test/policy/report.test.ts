import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { checkPolicy, DOMAINS, PolicyError, RULES } from '../../policy';
import { rulePages } from '../../policy/report/pages';
import { reportAsSarif } from '../../policy/report/sarif';
import { reaches, type Subject } from '../../policy/report/subject';
import { reportAsTable } from '../../policy/report/table';
import { withFiles } from '../support/files';
import { VirtualEnvironment } from '../support/python';
import { describeWith } from '../support/requirements';

const ROOT = join(__dirname, '../..');

const json = {
  resource: {
    google_compute_network: { wide: { name: 'wide' }, open: { name: 'open', auto_create_subnetworks: '${var.automatic}' } },
    google_compute_subnetwork: { main: { name: 'main' } },
  },
};

const subject: Subject = {
  name: 'prod',
  artifact: 'environments/prod.yaml',
  report: checkPolicy([{ name: 'prod-vpc', json }], {
    production: true,
    perimeter: true,
    today: '2026-11-21',
    source: 'prod.yaml',
    suppressions: [
      {
        name: 'flow-logs',
        rule: 'NET-003',
        path: 'prod-vpc/**',
        reason: 'Flow logs are kept by the host project.',
        owner: 'net@acme.example',
        expires: '2026-12-31',
      },
    ],
  }),
};

describe('the report as a table', () => {
  it('is plain lines in a log', () => {
    expect(reportAsTable([subject], 3)).toBe(`\
error    NET-004  prod-vpc/google_compute_subnetwork.main: \`private_ip_google_access\` is not true.
                  Set \`private_ip_google_access = true\`.
error    NET-005  prod-vpc/google_compute_network.wide: \`auto_create_subnetworks\` is true.
                  Set \`auto_create_subnetworks = false\` (the default is true).
unknown  NET-005  prod-vpc/google_compute_network.open: cannot be decided: \`auto_create_subnetworks\` refers to \${var.automatic}, which is not known in the stack.
                  Set \`auto_create_subnetworks = false\` (the default is true).
suppressed 1 finding of NET-003 at prod-vpc/**: Flow logs are kept by the host project. (net@acme.example, until 2026-12-31)
prod: 2 errors, 1 unknown; 1 suppressed, 6 passed

3 rules
`);
  });

  it('is a table of the width of a terminal', () => {
    const lines = reportAsTable([subject], 3, { width: 100 }).split('\n');
    expect(lines[0]).toMatch(/^┌─+┬/);
    for (const line of lines.filter((each) => /^[┌│├└]/.test(each))) expect([...line].length).toBeLessThanOrEqual(100);
    expect(lines.join('\n')).not.toContain('\u001b');
  });

  it('says so when there is nothing to say', () => {
    expect(reportAsTable([{ ...subject, report: { findings: [], suppressed: [], passed: 7 } }], 3)).toBe(
      'prod: nothing to say; 0 suppressed, 7 passed\n\n3 rules\n',
    );
  });
});

describe('the limit', () => {
  it.each([
    ['error', true],
    ['unknown', true],
  ] as const)('%s is reached: %s', (limit, reached) => expect(reaches(subject.report, limit)).toBe(reached));

  it('is not reached by what is less bad', () => {
    const unknown = subject.report.findings.filter(({ outcome }) => outcome === 'unknown');
    expect(reaches({ ...subject.report, findings: unknown }, 'note')).toBe(false);
    expect(reaches({ ...subject.report, findings: unknown }, 'unknown')).toBe(true);
  });
});

describe('the error that stops an environment', () => {
  it('says where, what, and what to do, of each', () => {
    const { message } = new PolicyError('prod', subject.report.findings.slice(0, 2));
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^prod-vpc\/google_compute_network\.\w+: NET-005 /) as string,
      expect.stringMatching(/^ {2}Set /) as string,
      expect.stringMatching(/^prod-vpc\//) as string,
      expect.stringMatching(/^ {2}Set /) as string,
      expect.stringMatching(
        /^These 2 breaches of the policy may not be in prod\. Why: npm run policy -- rules NET-\d+\. .*policy\.suppressions/,
      ) as string,
    ]);
  });
});

const sarif = () => JSON.stringify(reportAsSarif([subject], RULES, '0.1.0'));

describe('the report as SARIF', () => {
  it('has a result for each finding: failed, open, suppressed', () => {
    const { runs } = JSON.parse(sarif()) as {
      runs: { results: Record<string, unknown>[]; tool: { driver: { rules: { id: string }[] } } }[];
    };
    const [{ results, tool }] = runs as [(typeof runs)[0]];
    expect(results.map(({ ruleId, kind, level, suppressions }) => [ruleId, kind, level, Boolean(suppressions)]).sort()).toEqual([
      ['NET-003', 'fail', 'warning', true],
      ['NET-004', 'fail', 'error', false],
      ['NET-005', 'fail', 'error', false],
      ['NET-005', 'open', 'none', false],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[Number(ruleIndex)]!.id).toBe(ruleId);
    expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(results.length);
  });
});

/** Models of the published schema that somebody else has written. */
const models = new VirtualEnvironment('sarif', ['sarif-pydantic==0.6.2']);

describeWith(models.prepare(), 'the report as SARIF, read by sarif-pydantic', () => {
  const read = (text: string) =>
    withFiles({ 'report.sarif': text }, (directory) => {
      const program =
        'import sys; from sarif_pydantic import Sarif; print(len(Sarif.model_validate_json(open(sys.argv[1]).read()).runs[0].results))';
      return spawnSync(models.command('python'), ['-c', program, join(directory, 'report.sarif')], { encoding: 'utf8' });
    });

  it('is valid', () => expect(read(sarif())).toMatchObject({ status: 0, stdout: '4\n' }));
  it('would not be with a level that does not exist', () =>
    expect(read(sarif().replaceAll('"level":"error"', '"level":"bad"')).status).not.toBe(0));
});

describe('docs/rules', () => {
  const directory = join(ROOT, 'docs/rules');
  const pages = rulePages(DOMAINS);

  it('is what the rules say: else run npm run policy -- docs', () => {
    expect(readdirSync(directory).sort()).toEqual(Object.keys(pages).sort());
    for (const [name, text] of Object.entries(pages))
      expect({ name, text: readFileSync(join(directory, name), 'utf8') }).toEqual({ name, text });
  });

  it('has an index with every rule', () => {
    for (const { id } of RULES) expect(pages['README.md']).toContain(`| [${id}](${id}.md) |`);
  });
});
