import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeGitHub } from './fake-github';
import { script } from './scripts';

const TREE = 'd'.repeat(40);
const HEAD = 'a'.repeat(40);
const FORGED = 'f'.repeat(40);
const NAME = `fingerprint-prod-${TREE}`;

describe('the search for the plan that was reviewed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'reviewed-'));
  const output = join(directory, 'output');
  let github: FakeGitHub;
  beforeEach(async () => {
    github = await FakeGitHub.start();
    github.trees.set(HEAD, TREE).set(FORGED, 'e'.repeat(40));
    writeFileSync(output, '');
  });
  afterEach(() => github.close());
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const find = () => script(github, 'reviewed-plan.mjs', ['prod', TREE], { GITHUB_OUTPUT: output });
  const artifact = (id: number, more: object = {}) =>
    github.artifacts.push({
      id,
      name: NAME,
      expired: false,
      created_at: `2026-11-${10 + id}T10:00:00Z`,
      workflow_run: { id: 100 + id, repository_id: 1, head_repository_id: 1 },
      ...more,
    });
  const ofRun = (id: number, more: object = {}) =>
    github.runs.set(100 + id, {
      id: 100 + id,
      path: '.github/workflows/plan.yml@refs/pull/7/merge',
      conclusion: 'success',
      event: 'pull_request',
      head_sha: HEAD,
      html_url: `https://github.example/runs/${100 + id}`,
      ...more,
    });

  it('takes the newest that the workflow of plans has made of these files', async () => {
    for (const id of [1, 2, 3]) {
      artifact(id);
      ofRun(id);
    }
    artifact(4, { expired: true });
    artifact(5, { workflow_run: { id: 105, repository_id: 1, head_repository_id: 666 } });
    artifact(6, { name: `fingerprint-prod-${'e'.repeat(40)}` });
    expect(await find()).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(output, 'utf8')).toBe('run=103\nartifact=3\n');
  });

  it.each([
    ['of another workflow', { path: '.github/workflows/evil.yml' }],
    ['that only looks like it', { path: 'x/.github/workflows/plan.yml' }],
    ['that failed', { conclusion: 'failure' }],
    ['that is not at its end', { conclusion: null }],
    ['for a commit with other files, which may have changed the workflow', { head_sha: FORGED }],
    ['of another event', { event: 'push' }],
  ])('does not take a run %s', async (_, run) => {
    artifact(1);
    ofRun(1, run);
    const { status, stderr } = await find();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Nobody has reviewed a plan of prod for these files \(tree d+\)\..*Run the workflow "Plan"/);
    expect(readFileSync(output, 'utf8')).toBe('');
  });

  it('asks for nothing that is no tree and no environment', async () => {
    for (const args of [['prod'], ['prod', 'HEAD'], ['../x', TREE]])
      expect((await script(github, 'reviewed-plan.mjs', args, { GITHUB_OUTPUT: output })).status).toBe(1);
    expect(github.requests).toEqual([]);
  });
});
