import { decode, LARGEST } from './encoded';
import { type Redactor } from './redact';
import { isSecretByName } from './secret-names';
import { Secret, UNKNOWN, type Value } from './value';

type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

const child = (mark: Json, key: string | number): Json => {
  if (mark === true) return true;
  if (Array.isArray(mark)) return typeof key === 'number' ? mark[key] : undefined;
  return isObject(mark) && Object.hasOwn(mark, key) ? mark[key] : undefined;
};

/** Every string behind a mark: what the redactor has to know. */
export function secretsIn(value: Json, mark: Json, found: Set<string>): void {
  if (mark !== true && typeof mark !== 'object') return;
  if (mark === true && typeof value === 'string') found.add(value);
  else if (Array.isArray(value)) value.forEach((inner, index) => secretsIn(inner, child(mark, index), found));
  else if (isObject(value)) for (const [key, inner] of Object.entries(value)) secretsIn(inner, child(mark, key), found);
}

/** Makes values of a plan's JSON: masks by its marks, by names that say "secret", and in every text whatever was found to be one. */
export class Masker {
  private readonly tokens = new Map<string, number>();

  constructor(readonly redact: Redactor) {}

  value(value: Json, sensitive: Json, unknown: Json = undefined): Value {
    if (sensitive === true && value !== null && value !== undefined) return this.secret(value);
    if (unknown === true) return UNKNOWN;
    if (Array.isArray(value)) return this.list(value, sensitive, unknown);
    if (isObject(value)) return this.object(value, sensitive, unknown);
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    // Nothing is known yet of a block that is only in the marks.
    if (isObject(unknown) && hasUnknown(unknown)) return this.object({}, sensitive, unknown);
    if (Array.isArray(unknown) && hasUnknown(unknown)) return this.list([], sensitive, unknown);
    return null;
  }

  /** What is encoded is looked into: a secret in it is masked there, and the rest encoded again. */
  private text(text: string): string {
    const decoded = text.length > LARGEST ? undefined : decode(text);
    const inner = decoded && this.redact(decoded.text);
    return inner === undefined || inner === decoded?.text ? this.redact(text) : Buffer.from(inner).toString('base64');
  }

  private list(value: readonly Json[], sensitive: Json, unknown: Json): Value {
    const length = Math.max(value.length, Array.isArray(unknown) ? unknown.length : 0);
    return Array.from({ length }, (_, index) => this.value(value[index], child(sensitive, index), child(unknown, index)));
  }

  private object(value: Record<string, Json>, sensitive: Json, unknown: Json): Value {
    const keys = new Set([...Object.keys(value), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
    return Object.fromEntries(
      [...keys].map((key) => {
        const inner = Object.hasOwn(value, key) ? value[key] : undefined;
        const name = key === 'value' && typeof value['name'] === 'string' ? value['name'] : key;
        const byName = typeof inner === 'string' && isSecretByName(name, inner);
        return [this.redact(key), this.value(inner, byName || child(sensitive, key), child(unknown, key))];
      }),
    );
  }

  private secret(value: Json): Secret {
    const text = JSON.stringify(value);
    const token = this.tokens.get(text) ?? this.tokens.size + 1;
    this.tokens.set(text, token);
    return new Secret(token);
  }
}

const hasUnknown = (mark: Json): boolean =>
  mark === true || (typeof mark === 'object' && mark !== null && Object.values(mark).some(hasUnknown));
