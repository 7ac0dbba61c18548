/** Which fields of a model hold JSON, and where its relations lead: read from the text of a Prisma schema. */
interface Model {
  readonly json: ReadonlySet<string>;
  readonly relations: ReadonlyMap<string, string>;
}

const MODEL = /^model (\w+) \{\n(.*?)^\}/gms;
const FIELD = /^\s+(\w+)\s+(\w+)/gm;

/** Keys under which a JSON value stands: in the filter or the update of a field. */
const OPERATORS = new Set(['set', 'equals', 'not', 'array_contains']);

/**
 * In GraphQL a JSON value is written as a string that holds it. The JSON protocol takes such a string for the value itself, unless it is
 * marked; and which strings are JSON only the schema knows.
 */
export class Datamodel {
  private readonly models = new Map<string, Model>();

  constructor(schema: string) {
    const bodies = [...schema.matchAll(MODEL)].map(([, name = '', body = '']) => [name, body] as const);
    const names = new Set(bodies.map(([name]) => name));
    for (const [name, body] of bodies) {
      const fields = [...body.matchAll(FIELD)].map(([, field = '', type = '']) => [field, type] as const);
      const json = new Set(fields.filter(([, type]) => type === 'Json').map(([field]) => field));
      this.models.set(name, { json, relations: new Map(fields.filter(([, type]) => names.has(type))) });
    }
  }

  /** The arguments of a query on a model, with its JSON values marked. */
  markJson(model: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.markJson(model, item));
    if (typeof value !== 'object' || value === null) return value;
    const { json, relations } = this.models.get(model) ?? { json: new Set(), relations: new Map<string, string>() };
    const marked = Object.entries(value).map(([name, field]): [string, unknown] => {
      if (json.has(name)) return [name, mark(field)];
      return [name, this.markJson(relations.get(name) ?? model, field)];
    });
    return Object.fromEntries(marked);
  }
}

function mark(value: unknown): unknown {
  if (typeof value === 'string') return { $type: 'Json', value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, OPERATORS.has(name) ? mark(field) : (field as unknown)]));
}
