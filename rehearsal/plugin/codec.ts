import { Decoder, Encoder, ExtData, ExtensionCodec } from '@msgpack/msgpack';
import { UNKNOWN, Unknown, type Value } from '../engine/values';

/** Terraform writes an unknown value as extension 0, with refinements as extension 12; every other extension stands for an unknown too. */
const extensions = new ExtensionCodec();
extensions.register({ type: 0, encode: (value) => (value instanceof Unknown ? Uint8Array.of(0) : null), decode: () => UNKNOWN });

const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true });
const encoder = new Encoder({ extensionCodec: extensions });

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encoder.encode(value) };
}

/** The value of a message; null for an absent one. */
export function decodeValue(message: DynamicValue | null | undefined): Value {
  if (message?.msgpack !== undefined && message.msgpack.length > 0) return tidy(decoder.decode(message.msgpack));
  if (message?.json !== undefined && message.json.length > 0) return decodeJson(Buffer.from(message.json).toString('utf8'));
  return null;
}

/** Integers that JavaScript would round become decimal text, which Terraform takes for a number as well. */
function tidy(value: unknown): Value {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (Array.isArray(value)) return value.map(tidy);
  if (value instanceof ExtData) return UNKNOWN;
  // The type of a dynamic value is written as bytes; it goes back as it came.
  if (value instanceof Uint8Array || value instanceof Unknown || typeof value !== 'object' || value === null) return value as Value;
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) object[key] = tidy(object[key]);
  return object as Value;
}

/** JSON, with the numbers that JavaScript would write otherwise as text. */
export function decodeJson(text: string): Value {
  const parts: string[] = [];
  const token = /"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  let copied = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '"') token.lastIndex = endOfString(text, match.index);
    else if (String(Number(match[0])) !== match[0]) {
      parts.push(text.slice(copied, match.index), `"${match[0]}"`);
      copied = token.lastIndex;
    }
  }
  return JSON.parse(parts.join('') + text.slice(copied)) as Value;
}

/** Where the string that begins at `start` is over. A regular expression would run out of stack on a string of megabytes. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
