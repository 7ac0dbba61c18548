import { parseFaults, type ServiceCall } from '../../../rehearsal/faults';
import { Bench, box, type Workspace } from './workspace';

const KEY = { provider: 'lab', type: 'lab_box', id: 'projects/p-1/boxes/one' };

describe('faults under Terraform', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  it.each(['409', '429', '503'])('%s refuses before anything happened; the next run converges', async (kind) => {
    bench = await Bench.open({ faults: parseFaults(`lab_box=${kind}`) });
    const workspace = await bench.workspace(box({ size: 1 }));
    const failed = await workspace.run('apply', '-auto-approve');
    expect(failed.code).toBe(1);
    expect(failed.text).toContain(`error ${kind}`);
    expect(bench.store.list()).toEqual([]);
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
  });

  it('meets only the Nth call; what was made before stays', async () => {
    bench = await Bench.open({ faults: parseFaults('lab_box.create@2=503') });
    const two = { resource: { lab_box: { a: { name: 'a' }, b: { name: 'b', depends_on: ['lab_box.a'] } } } };
    const workspace = await bench.workspace(two);
    expect(await workspace.run('apply', '-auto-approve')).toMatchObject({ code: 1 });
    expect(bench.store.list().map(({ id }) => id)).toEqual(['projects/p-1/boxes/a']);
    expect((await workspace.plan()).resource_changes?.map(({ change }) => change.actions)).toEqual([['no-op'], ['create']]);
    await workspace.apply();
    expect(bench.store.list()).toHaveLength(2);
  });

  it('broken: what was created is tainted, and replaced by the next run', async () => {
    bench = await Bench.open({ faults: parseFaults('lab_box.create=broken') });
    const workspace = await bench.workspace(box({}));
    expect(await workspace.run('apply', '-auto-approve')).toMatchObject({ code: 1 });
    expect(await workspace.planned()).toMatchObject({
      action_reason: 'replace_because_tainted',
      change: { actions: ['delete', 'create'] },
    });
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
  });

  it('lost on create: an orphan, which the next run meets and an import takes in', async () => {
    const faults = parseFaults('lab_box.create=lost');
    bench = await Bench.open({ faults });
    const workspace = await bench.workspace(box({}));
    expect(await workspace.run('apply', '-auto-approve')).toMatchObject({ code: 1 });
    expect(bench.store.get(KEY)).toBeDefined();
    expect(faults.met).toMatchObject([{ kind: 'lost', call: { operation: 'create', id: KEY.id } }]);
    expect((await workspace.run('apply', '-auto-approve')).text).toContain('already exists');
    expect(await workspace.run('import', 'lab_box.b', KEY.id)).toMatchObject({ code: 0 });
    await workspace.apply();
    expect(await workspace.isSettled()).toBe(true);
  });

  it.each([
    ['update', 2],
    ['delete', null],
  ])('lost on %s: the next run sees that it was done', async (operation, size) => {
    bench = await Bench.open({ faults: parseFaults(`lab_box.${operation}=lost`) });
    const workspace = await bench.workspace(box({ size: 1 }));
    await workspace.apply();
    workspace.write(size === null ? {} : box({ size }));
    expect(await workspace.run('apply', '-auto-approve')).toMatchObject({ code: 1 });
    expect(await workspace.isSettled()).toBe(true);
  });

  it('kill: the engine is killed in the middle; the object is there, its answer never came', async () => {
    const killed: ServiceCall[] = [];
    const running: { workspace?: Workspace } = {};
    const onKill = (call: ServiceCall) => {
      killed.push(call);
      running.workspace?.child?.kill('SIGKILL');
    };
    bench = await Bench.open({ faults: parseFaults('lab_box.create=kill'), onKill });
    const workspace = (running.workspace = await bench.workspace(box({})));
    expect((await workspace.run('apply', '-auto-approve')).code).toBeNull();
    expect(killed).toEqual([{ provider: 'lab', type: 'lab_box', operation: 'create', id: KEY.id }]);
    expect(bench.store.get(KEY)).toBeDefined();
    expect(await workspace.run('import', 'lab_box.b', KEY.id)).toMatchObject({ code: 0 });
    await workspace.apply();
  });

  it('hang: no answer until the engine is stopped; it writes its state then', async () => {
    bench = await Bench.open({ faults: parseFaults('lab_box.update=hang') });
    const workspace = await bench.workspace(box({ size: 1 }));
    await workspace.apply();
    workspace.write(box({ size: 2 }));
    const running = workspace.run('apply', '-auto-approve');
    // Once: a second interrupt would make Terraform leave without writing anything.
    const timer = setInterval(() => {
      if (!bench.faults?.met.length) return;
      clearInterval(timer);
      workspace.child?.kill('SIGINT');
    }, 20);
    const { code, text } = await running.finally(() => clearInterval(timer));
    expect(code).toBe(1);
    expect(text).toContain('cancelled before the service answered');
    expect(workspace.attributes('lab_box.b')).toMatchObject({ size: 1 });
    await workspace.apply();
    expect(bench.store.get(KEY)?.attributes).toMatchObject({ size: 2 });
  });

  it('close ends a call that hangs', async () => {
    bench = await Bench.open({ faults: parseFaults('lab_box.read=hang') });
    const workspace = await bench.workspace(box({}));
    await workspace.apply();
    const running = workspace.run('plan');
    while (bench.faults?.met.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await bench.close();
    expect((await running).code).toBe(1);
  });
});
