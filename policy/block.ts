import type { Json, JsonObject, Stack, StackElement } from './stack';
import { Text, Unresolved } from './text';

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const REFERS_TO_A_RESOURCE = /^\$\{(?!(?:var|local|each|count|module|self|path|terraform)\.)[a-z][\w-]*\.[\w.[\]-]+\}$/;

/** The only thing in a block that stands for one: Terraform's JSON writes a single nested block as an object or as a list of one. */
const single = (value: Json): Json => (Array.isArray(value) && value.length <= 1 ? value[0] : value);

const join = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

/**
 * A block of a stack, as rules read it. Names may be paths: `template.scaling.min_instance_count`. What is absent is undefined, or the
 * default that is given; what only Terraform knows, and what is not what it should be, throws `Unresolved`.
 */
export class Block {
  constructor(
    readonly json: JsonObject,
    /** Path from the resource to it; empty for a resource itself. */
    readonly place: string,
    readonly stack: Stack,
  ) {}

  /** Is something there, whatever it is? A reference to a resource is; a variable may be null. */
  has(path: string): boolean {
    const { value, place } = this.find(path);
    if (typeof value === 'string' && value.startsWith('${') && !REFERS_TO_A_RESOURCE.test(value))
      return new Text(value, place).known !== '';
    return value !== undefined;
  }

  flag(path: string, fallback = false): boolean {
    const { value, place } = this.known(path);
    if (value === undefined) return fallback;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw new Unresolved(place, 'is neither true nor false');
  }

  number(path: string): number | undefined {
    const { value, place } = this.known(path);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) throw new Unresolved(place, 'is no number');
    return number;
  }

  text(path: string): Text | undefined {
    const { value, place } = this.find(path);
    return value === undefined ? undefined : this.asText(value, place);
  }

  /** The texts of a list. A single text is a list of one, as in documents of AWS. */
  texts(path: string): Text[] {
    const { value, place } = this.known(path);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [this.asText(value, place)];
    return value.map((element: Json, index) => this.asText(element, `${place}[${index}]`));
  }

  /** A map's entries, e.g. an attribute mapping. */
  entries(path: string): (readonly [string, Text])[] {
    const map = this.block(path);
    return map ? Object.keys(map.json).flatMap((key) => map.own(key)) : [];
  }

  block(path: string): Block | undefined {
    const [first] = this.blocks(path);
    return first;
  }

  blocks(path: string): Block[] {
    const { value, place } = this.known(path);
    if (value === undefined) return [];
    const list: readonly Json[] = Array.isArray(value) ? value : [value];
    return list.map((each, index) => {
      const at = list.length > 1 ? `${place}[${index}]` : place;
      if (!isObject(each)) throw new Unresolved(at, typeof each === 'string' ? undefined : 'is no block');
      return new Block(each, at, this.stack);
    });
  }

  /** A document in a text, e.g. an IAM policy: expressions in its strings stay what they are. */
  document(path: string): Block | undefined {
    const text = this.text(path);
    if (!text) return undefined;
    try {
      const parsed = JSON.parse(String(text)) as Json;
      if (isObject(parsed)) return new Block(parsed, text.place, this.stack);
    } catch {
      // Not JSON: an expression that makes it, or a mistake that Terraform tells.
    }
    throw new Unresolved(text.place, text.holes.length > 0 ? undefined : 'is no JSON document');
  }

  /** The resource of the same stack that is referred to. */
  target(path: string): StackElement | undefined {
    const { value } = this.raw(path);
    return typeof value === 'string' ? this.stack.target(value) : undefined;
  }

  private own(key: string): (readonly [string, Text])[] {
    const value = this.json[key];
    return value === null || value === undefined ? [] : [[key, this.asText(this.stack.resolve(value), join(this.place, key))]];
  }

  private asText(value: Json, place: string): Text {
    const resolved = this.stack.resolve(value);
    if (typeof resolved === 'string') return new Text(resolved, place);
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return new Text(String(resolved), place);
    throw new Unresolved(place, 'is no text');
  }

  /** As `find`, where an expression is of no use. */
  private known(path: string): { readonly value: Json; readonly place: string } {
    const found = this.find(path);
    if (typeof found.value === 'string') return { ...found, value: new Text(found.value, found.place).known };
    return found;
  }

  private find(path: string): { readonly value: Json; readonly place: string } {
    const { value, place } = this.raw(path);
    return { value: this.stack.resolve(value), place };
  }

  private raw(path: string): { readonly value: Json; readonly place: string } {
    const names = path.split('.');
    let holder: JsonObject = this.json;
    let place = this.place;
    for (const [index, name] of names.entries()) {
      const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
      place = join(place, name);
      if (value === undefined || value === null) {
        if (isObject(holder['dynamic']) && Object.hasOwn(holder['dynamic'], name)) throw new Unresolved(place, 'is a dynamic block');
        return { value: undefined, place };
      }
      if (index === names.length - 1) return { value, place };
      const next = single(this.stack.resolve(value));
      if (next === undefined || next === null) return { value: undefined, place };
      if (!isObject(next)) throw new Unresolved(place, typeof next === 'string' ? undefined : 'is no single block');
      holder = next;
    }
    throw new Unresolved(place);
  }
}
