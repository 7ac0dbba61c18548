import { parse } from 'yaml';
import { decode, isTooDeep, LARGEST, Masker, type Redactor, type Value } from '../plan';

/** A text that turned out to hold more than text. */
export interface Document {
  /** `JSON`, `YAML`, `base64`, `gzip`, joined from the outside in: `gzip, YAML`. */
  readonly format: string;
  readonly value: Value;
}

/** A document in a text: JSON or YAML, also behind base64 and gzip. Undefined for a text that is just that. */
export function documentIn(text: string, redact: Redactor): Document | undefined {
  if (text.length > LARGEST) return undefined;
  const decoded = decode(text);
  const inner = decoded?.text ?? text;
  const parsed = structure(inner);
  // Decoding brings to light what the reader of the plan could not see.
  if (parsed !== undefined && !isTooDeep(parsed.value)) {
    return { format: [...(decoded?.formats ?? []), parsed.format].join(', '), value: new Masker(redact).value(parsed.value, undefined) };
  }
  return decoded === undefined ? undefined : { format: decoded.formats.join(', '), value: redact(decoded.text) };
}

/** A file that a variable carries into a container begins with its path. */
const PATH_LINE = /^\/[\w./-]+\n/;

function structure(carried: string): { format: string; value: unknown } | undefined {
  const text = carried.replace(PATH_LINE, '');
  if (/^\s*[[{]/.test(text)) return attempt('JSON', () => JSON.parse(text) as unknown);
  // One line with a colon in it is a sentence, or an address.
  if (!/^\s*(?:- )?["']?[\w./-]+["']?:(?:\s|$)/m.test(text) || !text.trim().includes('\n')) return undefined;
  return attempt('YAML', () => parse(text, { logLevel: 'silent', maxAliasCount: 50 }) as unknown);
}

function attempt(format: string, read: () => unknown): { format: string; value: unknown } | undefined {
  try {
    const value = read();
    return typeof value === 'object' && value !== null ? { format, value } : undefined;
  } catch {
    return undefined;
  }
}
