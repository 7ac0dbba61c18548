import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonDocument, markdown } from '../../review';
import { reportOf } from '../review/plans';
import { FakeGitHub } from './fake-github';
import { script } from './scripts';

describe('the issue about drift', () => {
  const directory = mkdtempSync(join(tmpdir(), 'drift-'));
  let github: FakeGitHub;
  beforeEach(async () => void (github = await FakeGitHub.start()));
  afterEach(() => github.close());
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const tell = (situation: string) => {
    const [text, data] = ['review.md', 'review.json'].map((name) => join(directory, name));
    const report = reportOf(situation);
    writeFileSync(text!, markdown(report, { title: 'prod drift' }));
    writeFileSync(data!, jsonDocument(report, 'prod drift'));
    return script(github, 'drift-issue.mjs', ['prod', text!, data!]);
  };
  const marker = '<!-- plan-review: prod-drift -->';

  it('is opened, updated in place, and closed when all is well', async () => {
    github.addIssue('A pull request', marker, { pull_request: {} });
    github.addIssue('Of somebody else', marker, { user: { login: 'mallory' } });
    github.addIssue('Of another environment', '<!-- plan-review: staging-drift -->\n');

    expect((await tell('empty')).stdout).toBe('prod is as it is configured.\n');
    expect((await tell('drift-only')).stdout).toMatch(/^Opened: /);
    const issue = github.issues[3]!;
    expect(issue).toMatchObject({ title: 'prod is not as it is configured', body: expect.stringContaining('Changed outside Terraform') });

    expect((await tell('delete')).stdout).toMatch(/^Updated: /);
    expect(issue.body).toContain('deleted');
    expect((await tell('empty')).stdout).toMatch(/^Closed: /);
    expect(issue).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect(github.comments.get(issue.number)).toEqual([expect.objectContaining({ body: 'prod is as it is configured again.' })]);

    // Closed is closed: what comes later is another one.
    expect((await tell('drift-only')).stdout).toMatch(/^Opened: /);
    expect(github.issues).toHaveLength(5);
    expect(github.issues.slice(0, 3).map(({ state }) => state)).toEqual(['open', 'open', 'open']);
  });

  it('does not take a plan that ended with an error for good news', async () => {
    expect((await tell('errored')).stdout).toMatch(/^Opened: /);
  });
});
