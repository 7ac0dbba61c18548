import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOT, FakeGitHub } from './fake-github';
import { script } from './scripts';

const MARKER = '<!-- plan-review: every-environment -->';
const SHA = 'a'.repeat(40);
const OF_THE_RUN = { HEAD_SHA: SHA, HEAD_REPOSITORY: 'mallory/vertex-gateway', HEAD_BRANCH: 'split', BASE_BRANCH: 'main' };

describe('the script that posts a report', () => {
  const directory = mkdtempSync(join(tmpdir(), 'comment-'));
  const file = join(directory, 'review.md');
  let github: FakeGitHub;
  beforeEach(async () => void (github = await FakeGitHub.start()));
  afterEach(() => github.close());
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const post = (text: string, environment: Record<string, string> = { PULL_REQUEST: '7' }) => {
    writeFileSync(file, text);
    return script(github, 'comment.mjs', [file, 'every-environment'], environment);
  };
  const posted = (number = 7) => (github.comments.get(number) ?? []).map(({ body }) => body);
  const pull = (number: number, more: { sha?: string; repo?: string; ref?: string; base?: string } = {}) =>
    github.pulls.push({
      number,
      head: { sha: more.sha ?? SHA, ref: more.ref ?? 'split', repo: { full_name: more.repo ?? 'mallory/vertex-gateway' } },
      base: { ref: more.base ?? 'main' },
    });

  it('posts once, and then updates what it has posted, on whatever page that is', async () => {
    for (let index = 0; index < 5; index++) github.addComment(7, `A person says ${index}.`, 'anna');
    expect(await post(`${MARKER}\nfirst`)).toMatchObject({ status: 0, stderr: '' });
    github.addComment(7, 'One more.', 'anna');
    expect((await post(`${MARKER}\nsecond`)).stdout).toMatch(/^Updated: /);
    expect((await post(`${MARKER}\nsecond`)).stdout).toMatch(/^Nothing new to say: /);
    expect(posted()).toHaveLength(7);
    expect(posted()[5]).toBe(`${MARKER}\nsecond`);
    expect(github.requests.filter((each) => each.startsWith('POST'))).toHaveLength(1);
  });

  it('touches no comment of somebody else, though it begins as ours, and none of another report', async () => {
    github.addComment(7, `${MARKER}\nI am not a robot`, 'mallory');
    github.addComment(7, `<!-- plan-review: prod-plan -->\nthe plan`);
    github.addComment(7, `Quoted:\n${MARKER}`);
    await post(`${MARKER}\nours`);
    expect(posted()[0]).toContain('I am not a robot');
    expect(posted()).toHaveLength(4);
    expect(github.comments.get(7)![3]).toMatchObject({ body: `${MARKER}\nours`, user: { login: BOT } });
  });

  it('finds the pull request by the commit, the fork and the branch, among others that look alike', async () => {
    pull(1, { sha: 'b'.repeat(40) });
    pull(2, { repo: 'acme/vertex-gateway' });
    pull(3, { base: 'release' });
    pull(4, { ref: 'other' });
    github.pulls.push({ number: 5, head: { sha: SHA, ref: 'split', repo: null }, base: { ref: 'main' } });
    pull(6);
    expect(await post(`${MARKER}\nreport`, OF_THE_RUN)).toMatchObject({ status: 0, stderr: '' });
    expect([...github.comments.keys()]).toEqual([6]);
  });

  it('says nothing where the pull request has moved on or is closed', async () => {
    pull(6, { sha: 'c'.repeat(40) });
    const { status, stdout } = await post(`${MARKER}\nreport`, OF_THE_RUN);
    expect([status, stdout]).toEqual([0, expect.stringContaining('No open pull request has this commit')]);
    expect(github.requests.every((each) => each.startsWith('GET'))).toBe(true);
  });

  it('puts its own note first, and lets the text call nobody and turn nothing around', async () => {
    const text = `${MARKER}\nLook @alice and @acme/admins; \`x@y.iam.gserviceaccount.com\` \u202ereversed\u202c\u0007`;
    await post(text, { PULL_REQUEST: '7', NOTE: '> Written by others.' });
    expect(posted()[0]).toBe(
      `${MARKER}\n> Written by others.\n\nLook @\u2060alice and @\u2060acme/admins; \`x@y.iam.gserviceaccount.com\` reversed`,
    );
  });

  it.each([
    ['another title', '<!-- plan-review: prod-plan -->\nx', /this is no report with the title every-environment/],
    ['no marker', 'Merge me', /this is no report/],
    ['a marker that is not first', `x\n${MARKER}\n`, /this is no report/],
    ['more than GitHub takes', `${MARKER}\n${'x'.repeat(65_536)}`, /65576 characters; GitHub takes 65536/],
    ['a heap', 'x'.repeat(300_000), /300000 bytes are no comment/],
  ])('refuses %s', async (_, text, message) => {
    const { status, stderr } = await post(text);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(github.requests).toEqual([]);
  });

  it('follows no link, and takes no directory', async () => {
    rmSync(file, { force: true });
    symlinkSync('/etc/hostname', file);
    const linked = await script(github, 'comment.mjs', [file, 'every-environment'], { PULL_REQUEST: '7' });
    expect([linked.status, linked.stderr]).toEqual([1, expect.stringContaining('there is no such file')]);
    rmSync(file);
    expect((await script(github, 'comment.mjs', [directory, 'every-environment'], { PULL_REQUEST: '7' })).status).toBe(1);
  });

  it.each([
    [{ PULL_REQUEST: '7/../8' }, /PULL_REQUEST is no number/],
    [{ ...OF_THE_RUN, HEAD_SHA: 'main' }, /HEAD_SHA is no commit/],
    [{ ...OF_THE_RUN, HEAD_BRANCH: '' }, /HEAD_BRANCH is not set/],
    [{ PULL_REQUEST: '7', GITHUB_REPOSITORY: 'a/b/c' }, /GITHUB_REPOSITORY is not OWNER\/NAME/],
  ])('wants to know where: %j', async (environment, message) => {
    const { status, stderr } = await post(`${MARKER}\nx`, environment);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
    expect(stderr).not.toContain('at ');
  });

  it('tries again what is only read, and says what GitHub says', async () => {
    github.failures = 2;
    expect((await post(`${MARKER}\nx`)).status).toBe(0);
    github.forbidden = true;
    const { status, stderr } = await post(`${MARKER}\ny`);
    expect(stderr).toBe('GET /repos/acme/vertex-gateway/issues/7/comments: GitHub answers 403: Resource not accessible by integration\n');
    expect(status).toBe(1);
  });
});
