import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { Masker, isTooDeep, type Redactor, type Value } from '../plan';

/** A text that turned out to hold more than text. */
export interface Document {
  /** `JSON`, `YAML`, `base64`, `gzip`, joined from the outside in: `gzip, YAML`. */
  readonly format: string;
  readonly value: Value;
}

/** Past this a text is compared line by line: its structure would tell a person no more. */
const LARGEST = 2_000_000;

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

function structure(text: string): { format: string; value: unknown } | undefined {
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

/** Base64 of a readable text, or of a compressed one. Words and ids are base64 by chance: what comes out decides. */
function decode(text: string): { formats: string[]; text: string } | undefined {
  const packed = text.replace(/\s+/g, '');
  if (packed.length < 24 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return undefined;
  const bytes = Buffer.from(packed, 'base64');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      const inner = readable(gunzipSync(bytes, { maxOutputLength: LARGEST }));
      return inner === undefined ? undefined : { formats: ['gzip'], text: inner };
    } catch {
      return undefined;
    }
  }
  const inner = readable(bytes);
  return inner === undefined || !/[\s{:]/.test(inner) ? undefined : { formats: ['base64'], text: inner };
}

function readable(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);

    return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
