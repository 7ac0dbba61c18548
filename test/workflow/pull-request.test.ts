import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, terraform } from '../support/requirements';
import { FakeGitHub } from './fake-github';
import { checkoutOfMerge, edit, fork, git, upstream } from './repository';
import { runStep } from './workflows';

const FILE = 'environments/staging.yaml';

const TOKEN = `ghp_${'Ab1'.repeat(12)}`;

/** What somebody from outside proposes: a split that moves, a perimeter with a hole, another database; and a text that nobody should meet. */
function propose(directory: string): void {
  edit(
    directory,
    FILE,
    '\n  support-chat:\n    network:',
    `\n  support-chat:\n    description: "Ask @acme/admins </details> ${TOKEN}"\n    network:`,
  );
  edit(directory, FILE, '        traffic: 90\n', '        traffic: 40\n');
  edit(directory, FILE, '        traffic: 10\n', '        traffic: 60\n');
  edit(directory, FILE, '\n  redis: {}\n', '\n    generation: 2\n  redis: {}\n');
  edit(
    directory,
    FILE,
    '  egressPolicies:\n',
    `    anybody:
      from:
        identityType: any
        anywhere: true
      to:
        projects: ["*"]
        operations:
          storage.googleapis.com: {}
  egressPolicies:
`,
  );
  edit(directory, FILE, 'ingress: [operators, deployer]', 'ingress: [operators, deployer, anybody]');
  git(directory, 'commit', '-q', '-a', '-m', 'Faster answers');
}

/** Second thoughts: the database stays, the perimeter is closed, the split moves by a little. */
function amend(directory: string): void {
  edit(directory, FILE, '\n    generation: 2\n  redis: {}\n', '\n  redis: {}\n');
  edit(directory, FILE, 'ingress: [operators, deployer, anybody]', 'ingress: [operators, deployer]');
  edit(directory, FILE, '        traffic: 40\n', '        traffic: 85\n');
  edit(directory, FILE, '        traffic: 60\n', '        traffic: 15\n');
  git(directory, 'commit', '-q', '-a', '-m', 'Only the split');
}

describeWith(terraform(), 'a pull request from a fork, from push to comment', () => {
  const places: string[] = [];
  let github: FakeGitHub;
  beforeAll(async () => void (github = await FakeGitHub.start()));
  afterAll(async () => {
    await github.close();
    for (const place of places) rmSync(place, { recursive: true, force: true });
  });

  const directory = (name: string): string => {
    const made = mkdtempSync(join(tmpdir(), name));
    places.push(made);
    return made;
  };

  /** The job of review.yml, in a checkout of the merge. */
  async function review(base: string, head: string): Promise<{ status: number; text: string; out: string }> {
    const [checkout, out] = [checkoutOfMerge(base, head), directory('out-')];
    places.push(checkout);
    const { status } = await runStep('review.yml', 'review', 'Review', { OUT: out, RUN_URL: 'https://github.example/runs/1' }, checkout);
    return { status, text: readFileSync(join(out, 'review.md'), 'utf8'), out };
  }

  /** The job of review-comment.yml for that run: it has the text, and what GitHub says of the run. */
  const comment = (head: string, out: string) =>
    runStep('review-comment.yml', 'comment', 'Comment', {
      GITHUB_API_URL: github.address,
      GITHUB_REPOSITORY: 'acme/vertex-gateway',
      GITHUB_TOKEN: 'test-token',
      HEAD_SHA: git(head, 'rev-parse', 'HEAD'),
      HEAD_REPOSITORY: 'mallory/vertex-gateway',
      HEAD_BRANCH: 'split',
      BASE_BRANCH: 'main',
      NOTE: '> Written by code of this pull request.',
      TEXT: join(out, 'review.md'),
    });

  const push = (head: string): void => {
    const repo = { full_name: 'mallory/vertex-gateway' };
    github.pulls.length = 0;
    github.pulls.push({ number: 41, head: { sha: git(head, 'rev-parse', 'HEAD'), ref: 'split', repo }, base: { ref: 'main' } });
  };

  it('tells its risks, and after the next push what is left of them, in the same comment', async () => {
    const base = upstream('staging');
    places.push(base);
    // Only what is enforced can be opened.
    edit(base, FILE, 'mode: dry-run', 'mode: enforced');
    git(base, 'commit', '-q', '-a', '-m', 'Enforced');
    const head = fork(base);
    places.push(head);
    github.addComment(41, 'Thank you for this!', 'anna');

    propose(head);
    push(head);
    const first = await review(base, head);
    // The policy has an error to tell of the hole; the report is made all the same.
    expect(first.status).toBe(1);
    expect(JSON.parse(readFileSync(join(first.out, 'policy.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(first.out, 'review.html'), 'utf8')).not.toContain(TOKEN);
    expect(await comment(head, first.out)).toMatchObject({ status: 0, stderr: '' });

    const [, posted] = github.comments.get(41)!;
    const lines = posted!.body.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '<!-- plan-review: every-environment -->',
      '> Written by code of this pull request.',
      '',
      '## 🛑 Stop: `every environment`',
    ]);
    expect(lines).toContain('**high** · Traffic moves to another model (`split-moved`)  ');
    expect(posted!.body).toMatch(
      /`support-chat`: 90 % → 40 % to `stable \(support-chat@7\)`, 10 % → 60 % to `candidate \(support-chat@8\)`\./,
    );
    expect(posted!.body).toMatch(
      /A perimeter protects less \(`perimeter-opened`\)[^]*A new ingress policy `anybody` lets `ANY_IDENTITY` through\./,
    );
    expect(lines).toContain('**high** · A database, and what is in it, goes (`database-replaced`)  ');
    const database = lines.indexOf(
      '- **replace** `staging-gateway/Data/Database` (`google_sql_database_instance`), created first, then the old one is deleted',
    );
    expect(lines[database + 1]).toBe('  - forced by `name`: `"staging-gateway"` → `"staging-gateway-2"`');
    expect(posted!.body.length).toBeLessThanOrEqual(65_536);
    expect(posted!.body).not.toContain(TOKEN);
    expect(posted!.body).toContain('(sensitive value');
    // Everything that was opened is closed again: what came from the fork ended nothing.
    expect(posted!.body.match(/<details>/g)).toHaveLength(posted!.body.match(/^<\/details>/gm)!.length);

    amend(head);
    push(head);
    const second = await review(base, head);
    expect(second.status).toBe(0);
    expect((await comment(head, second.out)).stdout).toMatch(/^Updated: /);
    expect(github.comments.get(41)).toHaveLength(2);
    expect(posted!.body).toContain('90 % → 85 %');
    expect(posted!.body).not.toMatch(/database-replaced|perimeter-opened/);

    // A run that ends after the next push has nothing to say any more.
    git(head, 'commit', '-q', '--allow-empty', '-m', 'More');
    push(head);
    git(head, 'reset', '-q', '--hard', 'HEAD~1');
    expect((await comment(head, first.out)).stdout).toMatch(/^No open pull request/);
    expect(posted!.body).toContain('90 % → 85 %');
  }, 400_000);
});
