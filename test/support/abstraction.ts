/** A document in which one value is known only to Terraform. */
export interface Abstraction {
  readonly json: unknown;
  readonly place: string;
}

const TOKEN = '${var.unresolved}';

/** Names of blocks are no values: a resource is of one type and has one name. */
const isValue = (path: readonly string[]): boolean => {
  const [kind] = path;
  if (kind === 'resource' || kind === 'data' || kind === 'ephemeral') return path.length > 3;
  if (kind === 'terraform') return path.length > (path[1] === 'backend' ? 3 : 2);
  return path.length > (kind === 'provider' && /^\d+$/.test(path[2] ?? '') ? 3 : 2);
};

/**
 * The document once for each value in it (texts, numbers, flags, lists, whole blocks), with that value replaced by a variable that nothing
 * is known of. A judgement of such a document may be vaguer than that of the document, never another.
 */
export function withoutOneValue(document: unknown): Abstraction[] {
  const abstractions: Abstraction[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (isValue(path) && value !== TOKEN) abstractions.push({ json: replaced(document, path), place: path.join('.') });
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(document, []);
  return abstractions;
}

function replaced(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return TOKEN;
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === key ? replaced(each, rest) : each));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]: [string, unknown]) => [name, name === key ? replaced(inner, rest) : inner]),
  );
}
