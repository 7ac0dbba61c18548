import { attributesIn } from '../overlay/templates';
import { type TypeFacts } from '../schema/types';
import { type Json, type Store, type StoredObject } from '../store';
import { conform, zeroNested } from './blocks';
import { complete, type ServiceFacts } from './compute';
import { type Diagnostic, failure } from './diagnostics';
import { equal, equalNested } from './equality';
import { leftBehind, protectionOf } from './destroy';
import { idOf, keyOf } from './identity';
import { applyLabels, readLabels } from './labels';
import { contentsOf, deleteWithParts, parentOf } from './parts';
import { valuesAt } from './paths';
import { refusal } from './refusal';
import { knownSettings, type Settings } from './settings';
import { isBlank, type ObjectValue, type Value } from './values';

export interface Result {
  /** Null: there is no such object (any more). */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the services do with the objects of one type, for one configured provider. */
export class Service {
  constructor(
    private readonly facts: TypeFacts,
    private readonly settings: Settings,
    private readonly store: Store,
    private readonly now: () => Date,
    /** As in a plan: keep null inside blocks as the providers' SDK does. */
    private readonly habits: boolean,
  ) {}

  create(planned: ObjectValue): Result {
    const created = this.now().toISOString();
    const { id, object } = this.complete(planned, null, created);
    const unsaid = this.unsaidOf(object);
    if (unsaid !== undefined) return { state: null, diagnostics: [unsaid] };
    const key = keyOf(this.facts, id, object, this.settings);
    if (!this.facts.additive && this.store.get(key) !== undefined) {
      return { state: null, diagnostics: [refusal(this.facts, 'create', id, 409, `The object ${id} already exists`)] };
    }
    const parent = parentOf(this.facts, object, this.settings);
    this.store.put({ ...key, created, attributes: this.servicesPart(object), ...(parent && { parent }) });
    return { state: object, diagnostics: [] };
  }

  update(prior: ObjectValue, planned: ObjectValue): Result {
    const existing = this.stored(prior);
    if (existing === undefined) {
      const { id } = this.key(prior);
      return { state: prior, diagnostics: [refusal(this.facts, 'update', id, 404, `The object ${id} was not found`)] };
    }
    const { object } = this.complete(planned, prior, existing.created);
    this.store.put({ ...existing, attributes: this.servicesPart(object) });
    return { state: object, diagnostics: [] };
  }

  /** An object that is gone already is as good as deleted. */
  remove(prior: ObjectValue): Result {
    const refused = protectionOf(this.facts, prior);
    if (refused !== undefined) return { state: prior, diagnostics: [refused] };
    const stored = this.stored(prior);
    if (stored === undefined) return { state: null, diagnostics: [] };
    const left = leftBehind(prior, stored.attributes as ObjectValue);
    if (left !== null) {
      this.store.put({ ...stored, attributes: left as Readonly<Record<string, Json>> });
      return { state: null, diagnostics: [] };
    }
    const contents = contentsOf(this.facts, stored.attributes as ObjectValue);
    if (contents !== undefined) {
      const message = `${stored.id} is not empty: remove its ${contents} first`;
      return { state: prior, diagnostics: [refusal(this.facts, 'delete', stored.id, 400, message)] };
    }
    deleteWithParts(this.store, stored);
    return { state: null, diagnostics: [] };
  }

  /** The object as it is now; null: there is none. What others changed shows, what only the client knows is kept. */
  read(prior: ObjectValue): ObjectValue | null {
    const stored = this.stored(prior);
    if (stored === undefined) return null;
    const present = conform(this.facts.block, stored.attributes as ObjectValue);
    const state: Record<string, Value> = {};
    for (const [name, { type, writeOnly }] of Object.entries(this.facts.block.attributes)) {
      const before = prior[name] ?? null;
      // The client's spelling of the same value stays: the order of a set, null for "".
      const kept = this.isClients(name) || equal(type, before, present[name]);
      state[name] = writeOnly ? null : kept ? before : (present[name] ?? null);
    }
    for (const [name, nested] of Object.entries(this.facts.block.blocks)) {
      const before = prior[name] ?? null;
      const kept = this.isClients(name) || (before !== null && equalNested(nested, before, present[name]));
      state[name] = kept ? before : (present[name] ?? null);
    }
    for (const merge of this.facts.labels ?? []) Object.assign(state, readLabels(merge, present, prior));
    return conform(this.facts.block, state);
  }

  private complete(planned: ObjectValue, prior: ObjectValue | null, created: string): { id: string; object: ObjectValue } {
    const labels = (this.facts.labels ?? []).map((merge) => applyLabels(merge, planned, prior, this.settings));
    const service: ServiceFacts = { settings: knownSettings(this.settings), created, next: (counter) => this.store.next(counter) };
    const { id, object } = complete(this.facts, Object.assign({}, planned, ...labels) as ObjectValue, service);
    return { id, object: this.habits ? zeroNested(this.facts.block, object) : object };
  }

  private stored(state: ObjectValue): StoredObject | undefined {
    return this.store.get(this.key(state));
  }

  private key(state: ObjectValue) {
    // Types of the providers' newer framework need not have an id: then what makes it up is in the state.
    const id = 'id' in this.facts.block.attributes ? String(state.id) : idOf(this.facts, state, this.settings);
    return keyOf(this.facts, id, state, this.settings);
  }

  /** The id cannot be made where neither the object nor the provider says a part of it. */
  private unsaidOf(object: ObjectValue): Diagnostic | undefined {
    const known = knownSettings(this.settings);
    const name = attributesIn(this.facts.id).find(
      (part) => PLACES.includes(part) && valuesAt(object, part).every(isBlank) && known[part] === undefined,
    );
    if (name === undefined) return undefined;
    const detail = `Its id is ${this.facts.id}. Set ${name} in this ${this.facts.type}, or in the configuration of provider ${this.facts.provider}.`;
    return failure(`${name} is missing`, detail, name in this.facts.block.attributes ? [name] : undefined);
  }

  /** What the service keeps: nothing that only the client knows, and no write-only value. */
  private servicesPart(object: ObjectValue): Readonly<Record<string, Json>> {
    const kept = Object.entries(object).filter(([name]) => !this.isClients(name) && !this.facts.block.attributes[name]?.writeOnly);
    return Object.fromEntries(kept) as Record<string, Json>;
  }

  private isClients(name: string): boolean {
    return name === 'timeouts' || this.facts.clientOnly.includes(name);
  }
}

const PLACES: readonly string[] = ['project', 'region', 'zone', 'location'];
