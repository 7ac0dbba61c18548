import { gunzipSync } from 'node:zlib';

/** Longer texts, encoded or not, are looked at line by line only: their structure would tell a person no more. */
export const LARGEST = 2_000_000;

export interface Decoded {
  /** `base64` or `gzip`. */
  readonly formats: readonly string[];
  readonly text: string;
}

/** Base64 of a readable text, or of a compressed one. Words and ids are base64 by chance: what comes out decides. */
export function decode(text: string): Decoded | undefined {
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
