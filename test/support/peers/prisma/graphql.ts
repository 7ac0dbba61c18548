/**
 * prisma-client-py speaks GraphQL, as engines before version 5 did; the engine that npm ships takes JSON only. What stands here is the
 * difference. The GraphQL is machine-made: one operation, one field called `result`, no variables, no fragments.
 */

import type { Datamodel } from './datamodel';

/** What the engine is asked in JSON. */
export interface JsonQuery {
  readonly modelName?: string;
  readonly action: string;
  readonly query: Selected;
}

interface Selected {
  readonly arguments: Record<string, unknown>;
  readonly selection: Record<string, true | Selected>;
}

/** Longer names first where one begins with another. */
const ACTIONS = [
  ...['findUniqueOrThrow', 'findUnique', 'findFirstOrThrow', 'findFirst', 'findMany', 'createManyAndReturn', 'createMany', 'createOne'],
  ...['updateMany', 'updateOne', 'deleteMany', 'deleteOne', 'upsertOne', 'aggregate', 'groupBy', 'executeRaw', 'queryRaw'],
];

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}()[\]:]|[^\s,{}()[\]:"]+/g;

class Reader {
  private position = 0;
  private readonly tokens: readonly string[];

  constructor(text: string) {
    this.tokens = text.match(TOKEN) ?? [];
  }

  take(): string {
    const token = this.tokens[this.position++];
    if (token === undefined) throw new Error('The query ends too early.');
    return token;
  }

  /** Takes the next token if it is this one. */
  skip(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  expect(token: string): void {
    if (!this.skip(token)) throw new Error(`Expected ${token}, not ${this.tokens[this.position]}.`);
  }

  fieldsUntil(end: string): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    while (!this.skip(end)) {
      const name = this.take();
      this.expect(':');
      fields[name] = this.value();
    }
    return fields;
  }

  selected(): Selected {
    const given = this.skip('(') ? this.fieldsUntil(')') : {};
    const selection: Record<string, true | Selected> = {};
    if (this.skip('{')) {
      while (!this.skip('}')) {
        const name = this.take();
        const inner = this.selected();
        const isPlain = Object.keys(inner.arguments).length + Object.keys(inner.selection).length === 0;
        selection[name] = isPlain ? true : inner;
      }
    }
    return { arguments: given, selection };
  }

  private value(): unknown {
    if (this.skip('{')) return this.fieldsUntil('}');
    if (this.skip('[')) {
      const items: unknown[] = [];
      while (!this.skip(']')) items.push(this.value());
      return items;
    }
    const token = this.take();
    // Names of an enumeration stand bare in GraphQL, and are strings in JSON.
    return /^("|-?\d|true$|false$|null$)/.test(token) ? (JSON.parse(token) as unknown) : token;
  }
}

/** The query that a text of prisma-client-py means. */
export function readGraphql(text: string): JsonQuery {
  const reader = new Reader(text);
  const operation = reader.take();
  if (operation !== 'query' && operation !== 'mutation') throw new Error(`Expected a query or a mutation, not ${operation}.`);
  reader.expect('{');
  reader.expect('result');
  reader.expect(':');
  const method = reader.take();
  const action = ACTIONS.find((name) => method.startsWith(name));
  if (action === undefined) throw new Error(`The engine knows no ${method}.`);
  const query = reader.selected();
  reader.expect('}');
  const modelName = method.slice(action.length);
  return { ...(modelName === '' ? {} : { modelName }), action, query };
}

/** Values that JSON has no type for come as `{"$type": …, "value": …}`; in GraphQL only the value stands. */
function untyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untyped);
  if (typeof value !== 'object' || value === null) return value;
  const tagged = value as { readonly $type?: string; readonly value?: unknown };
  if (tagged.$type !== undefined) return tagged.value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, untyped(field)]));
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly batchResult?: readonly Answer[];
}

/** The engine's answer as prisma-client-py expects it: under the name `result`. */
export function toGraphqlAnswer(answer: Answer): Answer {
  if (answer.batchResult) return { ...answer, batchResult: answer.batchResult.map(toGraphqlAnswer) };
  if (!answer.data) return answer;
  const [result] = Object.values(answer.data);
  return { ...answer, data: { result: untyped(result) } };
}

interface Batch {
  readonly batch?: readonly { readonly query: string }[];
  readonly query?: string;
  readonly transaction?: boolean;
}

/** The body of a request, in JSON. */
export function toJsonBody(body: string, datamodel: Datamodel): string {
  const { batch, query = '', transaction } = JSON.parse(body) as Batch;
  const read = (text: string): JsonQuery => {
    const json = readGraphql(text);
    if (json.modelName === undefined) return json;
    const marked = datamodel.markJson(json.modelName, json.query.arguments) as Record<string, unknown>;
    return { ...json, query: { ...json.query, arguments: marked } };
  };
  if (!batch) return JSON.stringify(read(query));
  return JSON.stringify({ batch: batch.map((one) => read(one.query)), ...(transaction ? { transaction: {} } : {}) });
}
