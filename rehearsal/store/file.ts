import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MemoryStore, type StoreSnapshot } from './store';

/** Raised from 1 when the form of the file changes. */
const FORMAT = 1;

/**
 * A store that also lives in a file. Each write is a whole new file that takes the old one's place, so a process that is killed leaves
 * the state before or after a change, never half of it. Changes that arrive while a write is under way share the next one.
 */
export class FileStore extends MemoryStore {
  private changes = 0;
  private written = 0;
  private writing: Promise<void> | undefined;

  private constructor(
    readonly path: string,
    initial: StoreSnapshot | undefined,
  ) {
    super(initial);
    this.subscribe(() => void (this.changes += 1));
  }

  /** Reads the file, or begins empty where there is none. */
  static open(path: string): FileStore {
    return new FileStore(path, read(path));
  }

  override next(counter: string): number {
    this.changes += 1;
    return super.next(counter);
  }

  override async saved(): Promise<void> {
    const wanted = this.changes;
    while (this.written < wanted) {
      this.writing ??= this.write().finally(() => (this.writing = undefined));
      await this.writing;
    }
  }

  private async write(): Promise<void> {
    const upTo = this.changes;
    const text = JSON.stringify({ format: FORMAT, ...this.snapshot() });
    await mkdir(dirname(this.path), { recursive: true });
    const temporary = `${this.path}.${process.pid}.tmp`;
    await writeFile(temporary, text);
    await rename(temporary, this.path);
    this.written = upTo;
  }
}

function read(path: string): StoreSnapshot | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let content: Partial<StoreSnapshot & { format: number }>;
  try {
    content = JSON.parse(text) as typeof content;
  } catch {
    throw new Error(`${path}: this is not a store of a rehearsal (no JSON); delete it to begin empty`);
  }
  if (content?.format !== FORMAT || !Array.isArray(content.objects) || typeof content.counters !== 'object') {
    throw new Error(`${path}: this is not a store of a rehearsal of this version (format ${FORMAT}); delete it to begin empty`);
  }
  return content as StoreSnapshot;
}
