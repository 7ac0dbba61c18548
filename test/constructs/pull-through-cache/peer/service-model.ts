import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The model of a service that botocore carries: AWS's own description of what each operation takes. */
export class ServiceModel {
  private readonly model: Model;

  /** @param file a `service-2.json.gz` of botocore */
  constructor(file: string) {
    this.model = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Model;
  }

  /** What is wrong with a request; nothing of what only the service knows. */
  problems(operation: string, request: unknown): string[] {
    const input = this.model.operations[operation]?.input;
    return input === undefined ? [`there is no operation ${operation}`] : this.check(input.shape, request, operation);
  }

  private check(name: string, value: unknown, path: string): string[] {
    const shape = this.model.shapes[name]!;
    switch (shape.type) {
      case 'structure':
        return this.structure(shape, value, path);
      case 'list':
        if (!Array.isArray(value)) return [`${path} is no list`];
        return [
          ...range(shape, value.length, path),
          ...value.flatMap((item, index) => this.check(shape.member!.shape, item, `${path}[${index}]`)),
        ];
      case 'map':
        if (!isObject(value)) return [`${path} is no map`];
        return Object.entries(value).flatMap(([key, inner]) => [
          ...this.check(shape.key!.shape, key, `${path} key`),
          ...this.check(shape.value!.shape, inner, `${path}.${key}`),
        ]);
      case 'string':
        return text(shape, value, path);
      case 'integer':
      case 'long':
        return typeof value === 'number' && Number.isInteger(value) ? range(shape, value, path) : [`${path} is no whole number`];
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${path} is no boolean`];
      default:
        throw new Error(`The model has a type that is not checked here: ${shape.type} at ${path}.`);
    }
  }

  private structure({ members = {}, required = [] }: Shape, value: unknown, path: string): string[] {
    if (!isObject(value)) return [`${path} is no structure`];
    const missing = required.filter((name) => value[name] === undefined).map((name) => `${path}.${name} is missing`);
    const inner = Object.entries(value).flatMap(([name, given]) => {
      const member = members[name];
      return member === undefined ? [`${path}.${name} is unknown`] : this.check(member.shape, given, `${path}.${name}`);
    });
    return [...missing, ...inner];
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const range = ({ min, max }: Shape, size: number, path: string): string[] =>
  (min !== undefined && size < min) || (max !== undefined && size > max) ? [`${path}: ${size} is not in ${min ?? ''}..${max ?? ''}`] : [];

function text(shape: Shape, value: unknown, path: string): string[] {
  if (typeof value !== 'string') return [`${path} is no text`];
  // The service matches the whole text.
  const matches = shape.pattern === undefined || new RegExp(`^(?:${shape.pattern})$`).test(value);
  return [
    ...range(shape, value.length, path),
    ...(matches ? [] : [`${path}: ${JSON.stringify(value)} does not match ${shape.pattern}`]),
    ...(shape.enum === undefined || shape.enum.includes(value) ? [] : [`${path}: ${value} is none of ${shape.enum.join(', ')}`]),
  ];
}
