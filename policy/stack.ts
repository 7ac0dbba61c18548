import { Block } from './block';

/** Synthesized JSON, or a part of it. */
export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

/** What is judged: the name of a stack, and what `stack.toTerraform()` returns or a `*.tf.json` file holds. */
export interface StackDocument {
  readonly name: string;
  readonly json: Json;
}

/** A top-level block: a resource, a data source, an output, a provider, the settings of Terraform, or the stack as a whole. */
export class StackElement extends Block {
  constructor(
    json: JsonObject,
    stack: Stack,
    /** Resources: their type. Others: `data.<type>`, `ephemeral.<type>`, `provider.<name>`, `output`, `variable`, `terraform`, `stack`. */
    readonly type: string,
    /** As Terraform writes it: `google_compute_network.main`, `output.url`. */
    readonly address: string,
  ) {
    super(json, '', stack);
  }

  /** Path in the construct tree; where there is none, the stack and the address. */
  get path(): string {
    const metadata = asObject(asObject(this.json['//'])['metadata']);
    const path = metadata['path'];
    if (typeof path === 'string' && path !== '') return path;
    return this.type === 'stack' ? this.stack.name : `${this.stack.name}/${this.address}`;
  }
}

const asObject = (value: Json): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** Terraform's JSON allows a list of objects wherever it allows an object. */
const objects = (value: Json): JsonObject[] => (Array.isArray(value) ? value.map(asObject) : [asObject(value)]);

const REFERENCE = /^\$\{([a-z][\w-]*)\.([\w-]+)((?:\.[\w-]+|\[\d+\])*)\}$/;

/** Deeper chains of references are no longer followed. */
const MAX_HOPS = 8;

/** A synthesized stack: its blocks, and the references between them. */
export class Stack {
  readonly name: string;
  readonly elements: readonly StackElement[];
  private readonly byAddress: ReadonlyMap<string, StackElement>;
  private readonly byType: ReadonlyMap<string, readonly StackElement[]>;
  private readonly locals: JsonObject;

  constructor({ name, json }: StackDocument) {
    this.name = name;
    const document = asObject(json);
    this.locals = Object.assign({}, ...objects(document['locals'])) as JsonObject;
    this.elements = [
      new StackElement(document, this, 'stack', name),
      ...objects(document['terraform'] ?? []).map((block) => new StackElement(block, this, 'terraform', 'terraform')),
      ...this.named(document, 'provider').map(([key, block]) => new StackElement(block, this, `provider.${key}`, `provider.${key}`)),
      ...['output', 'variable'].flatMap((kind) =>
        this.named(document, kind).map(
          ([key, block]) => new StackElement(block, this, kind, kind === 'output' ? `output.${key}` : `var.${key}`),
        ),
      ),
      ...(['resource', 'data', 'ephemeral'] as const).flatMap((kind) => this.typed(document, kind)),
    ];
    this.byAddress = new Map(this.elements.map((element) => [element.address, element]));
    const byType = new Map<string, StackElement[]>();
    for (const element of this.elements) byType.set(element.type, [...(byType.get(element.type) ?? []), element]);
    this.byType = byType;
  }

  /** Every block of the type. */
  ofType(type: string): readonly StackElement[] {
    return this.byType.get(type) ?? [];
  }

  /** Follows a reference to a literal in the same stack, or to a local; anything else is returned as it is. */
  resolve(value: Json): Json {
    let current = value;
    for (let hop = 0; hop < MAX_HOPS && typeof current === 'string'; hop += 1) {
      const next = this.follow(current);
      if (next === undefined) return current;
      current = next;
    }
    return current;
  }

  /** The block that a reference points at: `${google_compute_ssl_policy.modern.id}` or an address. */
  target(reference: string): StackElement | undefined {
    const match = REFERENCE.exec(reference);
    return this.byAddress.get(match ? `${match[1]!}.${match[2]!}` : reference);
  }

  private follow(text: string): Json {
    const match = REFERENCE.exec(text);
    if (!match) return undefined;
    const [, type = '', name = '', rest = ''] = match;
    const start: Json = type === 'local' ? this.locals[name] : this.byAddress.get(`${type}.${name}`)?.json;
    if (type !== 'local' && rest === '') return undefined;
    let value: Json = start;
    for (const step of rest.matchAll(/\.([\w-]+)|\[(\d+)\]/g)) {
      const key = step[1] ?? Number(step[2]);
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
      value = (value as Record<string | number, Json>)[key];
    }
    return value ?? undefined;
  }

  private named(document: JsonObject, kind: string): [string, JsonObject][] {
    return objects(document[kind]).flatMap((map) =>
      Object.entries(map).flatMap(([key, value]) => objects(value).map((block): [string, JsonObject] => [key, block])),
    );
  }

  private typed(document: JsonObject, kind: 'resource' | 'data' | 'ephemeral'): StackElement[] {
    const prefix = kind === 'resource' ? '' : `${kind}.`;
    return objects(document[kind]).flatMap((types) =>
      Object.entries(types).flatMap(([type, blocks]) =>
        objects(blocks).flatMap((names) =>
          Object.entries(names)
            .filter(([name]) => name !== '//')
            .flatMap(([name, value]) =>
              objects(value).map((block) => new StackElement(block, this, `${prefix}${type}`, `${prefix}${type}.${name}`)),
            ),
        ),
      ),
    );
  }
}
