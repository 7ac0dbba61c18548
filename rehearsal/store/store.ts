/** A value as JSON has it. 64-bit integers that JavaScript cannot hold are decimal text. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface ObjectKey {
  /** Short name of the provider: `google`, `aws`, `random`. */
  readonly provider: string;
  /** Resource type: `google_secret_manager_secret`. */
  readonly type: string;
  /** The id that Terraform knows the object by. */
  readonly id: string;
  /** Project, account or region, where the id does not say it: one store serves many of them. */
  readonly scope?: string;
}

/** What the service keeps of a resource. Attributes are named as in the provider's schema; write-only ones are never here. */
export interface StoredObject extends ObjectKey {
  /** When the service made it, RFC 3339. */
  readonly created: string;
  readonly attributes: Readonly<Record<string, Json>>;
  /** What it is a part of: it is gone when that is. */
  readonly parent?: ParentReference;
}

/** An object as its parts name it. */
export interface ParentReference {
  readonly type: string;
  /** Its id, or another of its full names. */
  readonly id: string;
}

export type StoreChange =
  | { readonly kind: 'put'; readonly object: StoredObject; readonly before: StoredObject | undefined }
  | { readonly kind: 'delete'; readonly object: StoredObject };

export interface StoreSnapshot {
  readonly objects: readonly StoredObject[];
  readonly counters: Readonly<Record<string, number>>;
}

/** The service side of a rehearsal: every object that exists, whoever made it. */
export interface Store {
  get(key: ObjectKey): StoredObject | undefined;
  /** Creates or replaces the object. */
  put(object: StoredObject): void;
  /** False: there was no such object. */
  delete(key: ObjectKey): boolean;
  /** Objects in the order of their creation, of one provider or type where named. */
  list(filter?: { readonly provider?: string; readonly type?: string }): StoredObject[];
  /** The next number of a counter, from 1. A number is never given twice, whatever is deleted. */
  next(counter: string): number;
  snapshot(): StoreSnapshot;
  /** Calls back after every change; the returned function ends that. */
  subscribe(listener: (change: StoreChange) => void): () => void;
  /** Settles when everything changed so far is where it survives the end of this process (at once, where no file was asked for). */
  saved(): Promise<void>;
}

const textOf = (key: ObjectKey) => JSON.stringify([key.provider, key.type, key.scope ?? '', key.id]);

export class MemoryStore implements Store {
  private readonly objects = new Map<string, StoredObject>();
  private readonly counters = new Map<string, number>();
  private readonly listeners = new Set<(change: StoreChange) => void>();

  constructor(initial?: StoreSnapshot) {
    for (const object of initial?.objects ?? []) this.objects.set(textOf(object), object);
    for (const [name, value] of Object.entries(initial?.counters ?? {})) this.counters.set(name, value);
  }

  get(key: ObjectKey): StoredObject | undefined {
    return this.objects.get(textOf(key));
  }

  put(object: StoredObject): void {
    const before = this.get(object);
    this.objects.set(textOf(object), object);
    this.tell({ kind: 'put', object, before });
  }

  delete(key: ObjectKey): boolean {
    const object = this.get(key);
    if (object === undefined) return false;
    this.objects.delete(textOf(key));
    this.tell({ kind: 'delete', object });
    return true;
  }

  list(filter: { readonly provider?: string; readonly type?: string } = {}): StoredObject[] {
    return [...this.objects.values()].filter(
      (object) => (filter.provider ?? object.provider) === object.provider && (filter.type ?? object.type) === object.type,
    );
  }

  next(counter: string): number {
    const value = (this.counters.get(counter) ?? 0) + 1;
    this.counters.set(counter, value);
    return value;
  }

  snapshot(): StoreSnapshot {
    return { objects: [...this.objects.values()], counters: Object.fromEntries(this.counters) };
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  saved(): Promise<void> {
    return Promise.resolve();
  }

  private tell(change: StoreChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
