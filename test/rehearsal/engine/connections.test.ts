import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { serveFacts } from '../../../rehearsal/plugin';
import { describeWith, tofu } from '../../support/requirements';
import { LAB } from './lab';
import { Bench, box, type Workspace } from './workspace';

const boxes = (count: number, provider: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${provider}${index}`, { provider: `lab.${provider}`, name: `box-${index}` }]),
  );

describe('many engines on one process', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await Bench.open()));
  afterEach(() => bench.close());

  it('keeps the configurations of aliases apart', async () => {
    const workspace = await bench.workspace({
      provider: {
        lab: [
          { alias: 'x', project: 'p-x' },
          { alias: 'y', project: 'p-y' },
        ],
      },
      resource: { lab_box: { ...boxes(10, 'x'), ...boxes(10, 'y') } },
    });
    await workspace.apply();
    const projects = bench.store.list().map(({ attributes }) => attributes.project);
    expect(projects.filter((project) => project === 'p-x')).toHaveLength(10);
    expect(projects.filter((project) => project === 'p-y')).toHaveLength(10);
  });

  it('serves two stacks at once, each with its own configuration', async () => {
    const stacks = await Promise.all(
      ['p-1', 'p-2'].map((project) =>
        bench.workspace({
          provider: { lab: { project, default_labels: { project } } },
          resource: { lab_box: Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`b${i}`, { name: `box-${i}` }])) },
        }),
      ),
    );
    await Promise.all(stacks.map((stack) => stack.apply()));
    expect(bench.store.list()).toHaveLength(16);
    for (const { attributes } of bench.store.list()) expect(attributes.effective_labels).toMatchObject({ project: attributes.project });
    expect(await Promise.all(stacks.map((stack) => stack.isSettled()))).toEqual([true, true]);
  });

  it('plans with a provider that is configured from what is made in the same run', async () => {
    const workspace = await bench.workspace({
      provider: { lab: [{ project: 'p-1' }, { alias: 'late', project: 'late-${lab_draft.d.version}' }] },
      resource: { lab_draft: { d: { box: 'x' } }, lab_box: { b: { provider: 'lab.late', name: 'one' } } },
    });
    expect((await workspace.planned()).change.after_unknown).toMatchObject({ project: true });
    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toMatchObject({ project: 'late-1' });
    expect(await workspace.isSettled()).toBe(true);
  });

  it('keeps every digit of 64-bit integers and decimal fractions', async () => {
    const workspace = await bench.workspace({
      resource: { lab_box: { b: { name: 'one', limit: '#9223372036854775807' }, c: { name: 'two', limit: '#0.1' } } },
    });
    await workspace.apply();
    const state = workspace.everything();
    expect(state).toContain('"limit": 9223372036854775807');
    expect(state).toContain('"limit": 0.1');
    expect(state).toMatch(/"serial": 1\d{18},/);
    expect(bench.store.list().map(({ attributes }) => attributes.limit)).toEqual(expect.arrayContaining(['9223372036854775807']));
    expect(await workspace.isSettled()).toBe(true);
  });

  it('passes messages far larger than gRPC allows by itself', async () => {
    // Made by a function, because Terraform takes a minute to read such a text in a file.
    const repeat = (times: number, text: string) => `join("", [for i in range(${times}) : ${text}])`;
    const workspace = await bench.workspace({
      locals: { megabyte: `\${${repeat(1000, '"' + 'x'.repeat(1000) + '"')}}` },
      ...box({ note: `\${${repeat(8, 'local.megabyte')}}` }),
    });
    await workspace.apply();
    expect(workspace.attributes('lab_box.b').note).toHaveLength(8_000_000);
    expect(await workspace.isSettled()).toBe(true);
  });

  it('leaves no socket when it is closed', async () => {
    const served = await serveFacts([LAB], { store: bench.store, ledger: bench.ledger });
    const [entry] = Object.values(JSON.parse(served.environment.TF_REATTACH_PROVIDERS) as Record<string, { Addr: { String: string } }>);
    expect(existsSync(entry?.Addr.String ?? '')).toBe(true);
    await served.close();
    expect(existsSync(dirname(entry?.Addr.String ?? ''))).toBe(false);
  });
});

describeWith(tofu(), 'OpenTofu on the same process', () => {
  it('creates, plans empty, keeps write-only values out of the state, destroys', async () => {
    const bench = await Bench.open();
    const workspace: Workspace = await bench.workspace(
      { ephemeral: { lab_token: { t: {} } }, ...box({ size: 5, secret_wo: '${ephemeral.lab_token.t.value}', secret_wo_version: 1 }) },
      'tofu',
    );
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
    expect(bench.ledger.values().length).toBeGreaterThan(0);
    expect(workspace.everything()).not.toContain('token-');
    expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(bench.store.list()).toEqual([]);
    await bench.close();
  });
});
