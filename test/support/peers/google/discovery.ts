import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from '../litellm';

const DOCUMENTS = 'googleapiclient/discovery_cache/documents';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

interface Method {
  readonly httpMethod: string;
  readonly flatPath: string;
  readonly request?: { readonly $ref: string };
  readonly parameters?: Readonly<Record<string, { readonly location: string }>>;
}

/** What the body of a request may hold. */
export interface BodyRules {
  readonly schema: string;
  /** Fields that stand in the path. They belong to the same message, so the body may repeat them. */
  readonly inPath: readonly string[];
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

/** Google reads JSON names in both spellings. */
const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const methodsOf = ({ methods = {}, resources = {} }: Resource): Method[] => [
  ...Object.values(methods),
  ...Object.values(resources).flatMap(methodsOf),
];

const patternOf = (flatPath: string): RegExp => new RegExp(`^/${flatPath.replace(/\./g, '\\.').replace(/\{[^}]+\}/g, '[^/:]+')}$`);

const JSON_TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  // Integers of 64 bits are strings in JSON, and Google takes numbers too.
  integer: (value) => Number.isInteger(value),
};

/** What Google publishes about an API: which requests there are, and what their bodies may hold. */
export class DiscoveryDocument {
  private readonly schemas: Readonly<Record<string, Schema>>;
  private readonly methods: readonly { readonly method: Method; readonly pattern: RegExp }[];

  /** @param name For example `aiplatform.v1`. */
  constructor(name: string) {
    const text = readFileSync(join(CLIENTS.packagesDirectory, DOCUMENTS, `${name}.json`), 'utf8');
    const document = JSON.parse(text) as Resource & { readonly schemas: Readonly<Record<string, Schema>> };
    this.schemas = document.schemas;
    this.methods = methodsOf(document).map((method) => ({ method, pattern: patternOf(method.flatPath) }));
  }

  /** Undefined if there is no such request. */
  rulesOf(httpMethod: string, path: string): BodyRules | undefined {
    const found = this.methods.find(({ method, pattern }) => method.httpMethod === httpMethod && pattern.test(path));
    if (!found?.method.request) return undefined;
    return { schema: found.method.request.$ref, inPath: Object.keys(found.method.parameters ?? {}) };
  }

  /** What is wrong with a body, in Google's words. */
  problems({ schema, inPath }: BodyRules, body: object): string[] {
    const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !inPath.includes(name)));
    return this.check({ $ref: schema }, rest, '');
  }

  private check(reference: Schema, value: unknown, at: string): string[] {
    const schema = reference.$ref === undefined ? reference : this.schemas[reference.$ref];
    if (!schema || value === null) return [];
    if (schema.type === 'array') return this.checkItems(schema.items ?? {}, value, at);
    if (schema.type === 'object') return this.checkFields(schema, value, at);
    // In either case: Google's own examples write the types of a schema both ways.
    if (schema.enum && !schema.enum.includes(String(value).toUpperCase())) return [`Invalid value at '${at}': ${JSON.stringify(value)}`];
    const isLong = schema.type === 'string' && schema.format === 'int64';
    const fits = JSON_TYPES[schema.type ?? '']?.(value) ?? true;
    return fits || (isLong && Number.isInteger(value)) ? [] : [`Invalid value at '${at}' (${schema.type}), ${JSON.stringify(value)}`];
  }

  private checkItems(items: Schema, value: unknown, at: string): string[] {
    if (!Array.isArray(value)) return [`Invalid value at '${at}', not a list`];
    return value.flatMap((item, index) => this.check(items, item, `${at}[${index}]`));
  }

  private checkFields(schema: Schema, value: unknown, at: string): string[] {
    if (typeof value !== 'object' || Array.isArray(value)) return [`Invalid value at '${at}', not an object`];
    const { properties, additionalProperties } = schema;
    // Neither: a structure that Google does not look into, such as google.protobuf.Struct.
    if (!properties && !additionalProperties) return [];
    return Object.entries(value as object).flatMap(([name, field]) => {
      const known = properties?.[camelCase(name)] ?? properties?.[name] ?? additionalProperties;
      if (!known) return [`Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`];
      return this.check(known, field, at === '' ? name : `${at}.${name}`);
    });
  }
}
