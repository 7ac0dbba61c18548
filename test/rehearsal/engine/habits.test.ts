import { Bench, box } from './workspace';

describe('planning as the SDK of the real providers does', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await Bench.open({ legacyTypeSystem: true })));
  afterEach(() => bench.close());

  it('plans defaults on attributes that are not computed', async () => {
    const workspace = await bench.workspace(box({}));
    expect((await workspace.planned()).change.after).toMatchObject({ retries: 3, deletion_protection: true });
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
  });

  it('leaves a block that the service fills unknown on create, and keeps it afterwards', async () => {
    const workspace = await bench.workspace(box({}));
    expect((await workspace.planned()).change.after_unknown).toMatchObject({ traffic: true });
    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toMatchObject({ traffic: [{ percent: 100 }] });
    workspace.write(box({ size: 2 }));
    expect((await workspace.planned()).change.after).toMatchObject({ traffic: [{ percent: 100 }] });
  });

  it('takes a set with one unknown element for unknown, and null text in blocks of a set for ""', async () => {
    const draft = { lab_draft: { d: { box: 'x' } } };
    const workspace = await bench.workspace({
      resource: { ...draft, lab_box: { b: { name: 'one', tags: ['a', '${lab_draft.d.version}'], rule: [{ port: 80 }] } } },
    });
    const { change } = await workspace.planned();
    expect(change.after_unknown).toMatchObject({ tags: true });
    expect(change.after).toMatchObject({ rule: [{ port: 80, name: '' }] });
    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toMatchObject({ tags: ['1', 'a'] });
    expect(await workspace.isSettled()).toBe(true);
  });

  it('does not see that timeouts alone have changed', async () => {
    const workspace = await bench.workspace(box({ timeouts: { create: '5m' } }));
    await workspace.apply();
    workspace.write(box({ timeouts: { create: '6m' } }));
    expect(await workspace.isSettled()).toBe(true);
  });

  it('keeps the order of a list and does not mind that of a set', async () => {
    const workspace = await bench.workspace(box({ tags: ['a', 'b'], steps: ['x', 'y'], rule: [{ port: 1 }, { port: 2 }] }));
    await workspace.apply();
    workspace.write(box({ tags: ['b', 'a'], steps: ['x', 'y'], rule: [{ port: 2 }, { port: 1 }] }));
    expect(await workspace.isSettled()).toBe(true);
    workspace.write(box({ tags: ['a', 'b'], steps: ['y', 'x'], rule: [{ port: 1 }, { port: 2 }] }));
    expect(await workspace.isSettled()).toBe(false);
  });

  it('imports on the command line: the protection against deletion is on then, so the next plan is not empty', async () => {
    const maker = await bench.workspace(box({ size: 9, labels: { a: '1' }, deletion_protection: false }));
    await maker.apply();
    const workspace = await bench.workspace(box({ size: 9, labels: { a: '1' }, deletion_protection: false }));
    expect(await workspace.run('import', 'lab_box.b', 'p-1/one')).toMatchObject({ code: 0 });
    expect(workspace.attributes('lab_box.b')).toMatchObject({
      size: 9,
      deletion_protection: true,
      effective_labels: { a: '1' },
      timeouts: null,
    });
    expect((await workspace.planned()).change).toMatchObject({ actions: ['update'], before: { deletion_protection: true } });
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
  });

  it('imports by a block, and writes the configuration', async () => {
    await (await bench.workspace(box({ size: 9 }))).apply();
    const workspace = await bench.workspace({ import: [{ to: 'lab_box.b', id: 'projects/p-1/boxes/one' }] });
    expect(await workspace.run('plan', '-generate-config-out=made.tf')).toMatchObject({ code: 0 });
    expect(workspace.everything()).toMatch(/size\s+= 9/);
    await workspace.apply();
    expect(workspace.attributes('lab_box.b')).toMatchObject({ id: 'projects/p-1/boxes/one', size: 9 });
    expect(await workspace.isSettled()).toBe(true);
  });

  it.each([
    ['lab_box.b', 'p-1/none', 'Cannot import non-existent remote object'],
    [
      'lab_box.b',
      'a/b/c/d',
      "'a/b/c/d' is no import id of lab_box; allowed: projects/{{project}}/boxes/{{name}}, {{project}}/{{name}}, {{name}}",
    ],
    ['lab_draft.d', 'x', 'lab_draft cannot be imported'],
  ])('says why %s cannot be imported as %s', async (address, id, message) => {
    const workspace = await bench.workspace({ resource: { lab_box: { b: { name: 'one' } }, lab_draft: { d: { box: 'x' } } } });
    const ran = await workspace.run('import', address, id);
    expect(ran.code).toBe(1);
    expect(ran.text).toContain(message);
  });
});
