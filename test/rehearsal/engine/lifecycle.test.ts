import { Bench, box } from './workspace';

const KEY = { provider: 'lab', type: 'lab_box', id: 'projects/p-1/boxes/one' };

describe('the life of a resource under Terraform, held to the letter', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await Bench.open()));
  afterEach(() => bench.close());

  it('creates with what is computed unknown, but for what the provider knows, and plans empty then', async () => {
    const workspace = await bench.workspace(
      box({
        size: 5,
        tags: ['b', 'a'],
        part: [{ kind: 'x', first: '1' }],
        rule: [{ port: 443 }, { port: 80, name: 'web' }],
        timeouts: { create: '5m' },
      }),
    );
    const { change } = await workspace.planned();
    expect(change.actions).toEqual(['create']);
    expect(change.after).toMatchObject({ project: 'p-1', address: 'one@p-1.example.com', terraform_labels: {} });
    expect(change.after_unknown).toMatchObject({ id: true, serial: true, region: true, created: true, part: [{ key: true }] });
    expect(change.after_unknown).not.toHaveProperty('project');

    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toMatchObject({ id: KEY.id, region: 'r-1', size: 5, timeouts: { create: '5m' } });
    expect(bench.store.get(KEY)?.attributes).not.toHaveProperty('timeouts');
    expect(await workspace.isSettled()).toBe(true);
  });

  it('updates in place and keeps what the service computed', async () => {
    const workspace = await bench.workspace(box({ size: 5, note: 'x' }));
    await workspace.apply();
    const before = workspace.attributes('lab_box.b');
    workspace.write(box({ size: 6 }));
    const { change } = await workspace.planned();
    expect(change.actions).toEqual(['update']);
    expect(change.after_unknown).toEqual({});
    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toEqual({ ...before, size: 6, note: null });
    expect(bench.store.get(KEY)?.attributes).toMatchObject({ size: 6, note: null });
  });

  it('finds what has no id again: reads, updates and removes it', async () => {
    const setting = (...values: string[]) => ({
      resource: { lab_setting: Object.fromEntries(values.map((value, index) => [`s${index}`, { name: `scope-${index}`, value }])) },
    });
    const workspace = await bench.workspace(setting('V1', 'V1'));
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
    workspace.write(setting('V2', 'V1'));
    expect((await workspace.planned('lab_setting.s0')).change.actions).toEqual(['update']);
    await workspace.apply();
    // Terraform makes them in either order.
    expect(Object.fromEntries(bench.store.list({ type: 'lab_setting' }).map(({ id, attributes }) => [id, attributes['value']]))).toEqual({
      'scope-0': 'V2',
      'scope-1': 'V1',
    });
    await workspace.run('destroy', '-auto-approve');
    expect(bench.store.list({ type: 'lab_setting' })).toEqual([]);
  });

  it.each([
    ['an attribute', { name: 'two' }, [['name']]],
    ['an attribute of a block', { part: [{ kind: 'y', first: '1' }] }, [['part', 0, 'kind']]],
    ['a number that decreases', { size: 4 }, [['size']]],
    ['a range that shrinks', { range: '10.0.0.0/25' }, [['range']]],
    ['a version of a write-only value', { generation_wo_version: 2 }, [['generation_wo_version']]],
  ])('replaces for %s, and says which', async (_, change, paths) => {
    const given = { size: 5, range: '10.0.0.0/24', link: 'l', generation_wo_version: 1, part: [{ kind: 'x', first: '1' }] };
    const workspace = await bench.workspace(box(given));
    await workspace.apply();
    workspace.write(box({ ...given, ...change }));
    const planned = await workspace.planned();
    expect(planned.change.actions).toEqual(['delete', 'create']);
    expect(planned.change.replace_paths).toEqual(paths);
    expect(planned.change.after_unknown).toMatchObject({ serial: true });
  });

  it('does not replace for the harmless direction of the same attributes', async () => {
    const workspace = await bench.workspace(box({ size: 5, range: '10.0.0.0/24', link: 'l' }));
    await workspace.apply();
    workspace.write(box({ size: 6, range: '10.0.0.0/23', link: 'm' }));
    expect((await workspace.planned()).change.actions).toEqual(['update']);
  });

  it('replaces for every change where the service has no update, and never gives a number twice', async () => {
    const draft = (text: string) => ({ resource: { lab_draft: { d: { box: 'one', text } } } });
    const workspace = await bench.workspace(draft('a'));
    await workspace.apply();
    workspace.write(draft('b'));
    expect((await workspace.planned('lab_draft.d')).change).toMatchObject({ actions: ['delete', 'create'], replace_paths: [['text']] });
    await workspace.apply();
    expect(workspace.attributes('lab_draft.d')).toMatchObject({ id: 'one/drafts/2', version: '2' });
  });

  it('shows what others changed, and makes anew what others deleted', async () => {
    const workspace = await bench.workspace(box({ size: 5 }));
    await workspace.apply();
    const stored = bench.store.get(KEY);
    if (stored === undefined) throw new Error('the box is not in the store');
    bench.store.put({ ...stored, attributes: { ...stored.attributes, size: 50 } });
    expect((await workspace.planned()).change).toMatchObject({ actions: ['delete', 'create'], before: { size: 50 }, after: { size: 5 } });
    bench.store.delete(KEY);
    expect((await workspace.planned()).change.actions).toEqual(['create']);
  });

  it('merges labels with those of the provider, and leaves those of others alone', async () => {
    const provider = { lab: { project: 'p-1', default_labels: { team: 'ai' } } };
    const workspace = await bench.workspace({ provider, ...box({ labels: { a: '1', b: '2' } }) });
    const { change } = await workspace.planned();
    const merged = { a: '1', b: '2', team: 'ai', 'goog-terraform-provisioned': 'true' };
    expect(change.after).toMatchObject({ terraform_labels: merged, effective_labels: merged });
    await workspace.apply();

    const stored = bench.store.get(KEY);
    if (stored === undefined) throw new Error('the box is not in the store');
    bench.store.put({ ...stored, attributes: { ...stored.attributes, effective_labels: { ...merged, other: 'x' } } });
    expect(await workspace.isSettled()).toBe(true);
    workspace.write({ provider, ...box({ labels: { a: '3' } }) });
    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toMatchObject({
      labels: { a: '3' },
      effective_labels: { a: '3', team: 'ai', 'goog-terraform-provisioned': 'true', other: 'x' },
    });
  });

  it('refuses to destroy what is protected, and destroys when the protection is off', async () => {
    const workspace = await bench.workspace(box({ deletion_protection: true }));
    await workspace.apply();
    const refused = await workspace.run('destroy', '-auto-approve');
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('lab_box is protected against deletion') as string });
    expect(refused.text).toContain('Set deletion_protection = false, apply that, and destroy then.');
    workspace.write(box({ deletion_protection: false }));
    await workspace.apply();
    expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(bench.store.list()).toEqual([]);
  });

  it('follows a moved block without touching the object', async () => {
    const workspace = await bench.workspace(box({}));
    await workspace.apply();
    workspace.write({ ...box({}, 'c'), moved: [{ from: 'lab_box.b', to: 'lab_box.c' }] });
    const moved = await workspace.planned('lab_box.c');
    expect(moved).toMatchObject({ previous_address: 'lab_box.b', change: { actions: ['no-op'] } });
  });

  it('refuses to move an object to another type', async () => {
    const workspace = await bench.workspace(box({}));
    await workspace.apply();
    workspace.write({ resource: { lab_draft: { d: { box: 'one' } } }, moved: [{ from: 'lab_box.b', to: 'lab_draft.d' }] });
    expect(await workspace.run('plan')).toMatchObject({
      code: 1,
      text: expect.stringContaining('lab_box cannot become lab_draft') as string,
    });
  });

  it('answers 409 for what exists, and takes a second membership as done', async () => {
    const workspace = await bench.workspace(box({}));
    await workspace.apply();
    const other = await bench.workspace(box({}));
    expect(await other.run('apply', '-auto-approve')).toMatchObject({
      code: 1,
      text: expect.stringContaining('409: The object projects/p-1/boxes/one already exists') as string,
    });

    const member = { resource: { lab_member: { m: { member: 'anna' } } } };
    await (await bench.workspace(member)).apply();
    await (await bench.workspace(member)).apply();
    expect(bench.store.list({ type: 'lab_member' })).toHaveLength(1);
  });

  it('takes the state of another version of the schema: drops what is gone, fills in what is new', async () => {
    const workspace = await bench.workspace(box({ size: 5 }));
    await workspace.apply();
    workspace.edit('lab_box.b', ({ note: _, ...attributes }) => ({
      ...attributes,
      gone: 'x',
      part: [{ kind: 'x', first: '1', old: true }],
    }));
    expect((await workspace.plan('-refresh=false')).resource_changes?.[0]?.change).toMatchObject({
      before: { size: 5, note: null, part: [{ kind: 'x', first: '1', note: null }] },
    });
  });

  it('reads a data source from the store, and says what is not there', async () => {
    const workspace = await bench.workspace(box({ size: 7 }));
    await workspace.apply();
    const reader = (name: string) => ({
      data: { lab_box: { b: { name, project: 'p-1' } } },
      output: { size: { value: '${data.lab_box.b.size}' } },
    });
    const other = await bench.workspace(reader('one'));
    expect((await other.apply()).text).toContain('size = 7');
    other.write(reader('none'));
    expect(await other.run('plan')).toMatchObject({
      code: 1,
      text: expect.stringContaining('There is no lab_box projects/p-1/boxes/none') as string,
    });
  });
});
