import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore, MemoryStore, type Store, type StoreChange, type StoredObject } from '../../../rehearsal/store';

const object = (id: string, scope?: string): StoredObject => ({
  provider: 'lab',
  type: 'lab_box',
  id,
  ...(scope !== undefined && { scope }),
  created: '2026-11-21T00:00:00Z',
  attributes: { id },
});

describe('the store', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'store-test-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const path = () => join(directory, 'deep', 'store.json');

  it.each<[string, () => Store]>([
    ['in memory', () => new MemoryStore()],
    ['in a file', () => FileStore.open(path())],
  ])('%s keeps objects by provider, type, scope and id, and tells of changes', async (_, open) => {
    const store = open();
    const changes: StoreChange[] = [];
    const end = store.subscribe((change) => changes.push(change));
    store.put(object('a'));
    store.put(object('a', 'p-2'));
    store.put({ ...object('a'), attributes: { id: 'a', size: 2 } });
    expect(store.get(object('a'))?.attributes).toEqual({ id: 'a', size: 2 });
    expect(store.list({ type: 'lab_box' })).toHaveLength(2);
    expect(store.list({ provider: 'other' })).toEqual([]);
    expect(store.delete(object('a'))).toBe(true);
    expect(store.delete(object('a'))).toBe(false);
    end();
    store.put(object('b'));
    expect(changes.map(({ kind }) => kind)).toEqual(['put', 'put', 'put', 'delete']);
    expect(changes[2]).toMatchObject({ before: { attributes: { id: 'a' } } });
    await store.saved();
  });

  it('never gives a number twice, not even to a process that comes later', async () => {
    const store = FileStore.open(path());
    expect([store.next('a'), store.next('a'), store.next('b')]).toEqual([1, 2, 1]);
    await store.saved();
    expect(FileStore.open(path()).next('a')).toBe(3);
  });

  it('has on disk what was changed before `saved` was asked for, and no other file beside it', async () => {
    const store = FileStore.open(path());
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        store.put(object(`o-${index}`));
        await store.saved();
        expect(readFileSync(path(), 'utf8')).toContain(`"o-${index}"`);
      }),
    );
    expect(FileStore.open(path()).snapshot()).toEqual(store.snapshot());
    expect(readdirSync(join(directory, 'deep'))).toEqual(['store.json']);
  });

  it('tells whoever waits when the disk refuses', async () => {
    const store = FileStore.open(path());
    writeFileSync(join(directory, 'deep'), 'a file where a directory should be');
    store.put(object('a'));
    await expect(store.saved()).rejects.toMatchObject({ code: expect.stringMatching(/EEXIST|ENOTDIR/) as string });
  });

  it('is whole after its process was killed in the middle of writing', async () => {
    const script = `
      const { FileStore } = require(${JSON.stringify(join(process.cwd(), 'rehearsal/store'))});
      const store = FileStore.open(${JSON.stringify(path())});
      (async () => {
        for (let i = 0; ; i += 1) {
          store.put({ provider: 'lab', type: 'lab_box', id: 'o-' + i, created: '', attributes: { text: 'x'.repeat(2000) } });
          await store.saved();
          if (i % 20 === 0) process.stdout.write(i + '\\n');
        }
      })();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = -1;
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        last = Number(chunk.toString().trim().split('\n').pop());
        if (last >= 100) resolve();
      });
    });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(FileStore.open(path()).list().length).toBeGreaterThan(last);
  });

  it.each([
    ['{ half', 'no JSON'],
    ['{"format":99,"objects":[],"counters":{}}', 'format 1'],
    ['null', 'format 1'],
  ])('says what to do about a file that is none of its own: %s', (text, message) => {
    const file = join(directory, 'store.json');
    writeFileSync(file, text);
    expect(() => FileStore.open(file)).toThrow(message);
    expect(() => FileStore.open(file)).toThrow(`${file}: this is not a store of a rehearsal`);
  });
});
