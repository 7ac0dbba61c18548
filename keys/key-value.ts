import { createHash, randomBytes } from 'node:crypto';

/** 32 bytes: nobody guesses it. */
const BYTES = 32;
const FORM = /^sk-(\d+)-[\w-]{20,}$/;

/**
 * A new key. Its version is a part of it: so a value that was written before a crash is known for the version that it was meant for, and
 * one of an earlier version is never used again.
 */
export const newValue = (version: number): string => `sk-${version}-${randomBytes(BYTES).toString('base64url')}`;

/** By which LiteLLM knows a key: it keeps no values. */
export const hashOf = (value: string): string => createHash('sha256').update(value).digest('hex');

/** What may be known of a value by who plans. */
export interface Fingerprint {
  readonly hash: string;
  /** Version of the key that it was made for; undefined: it was not made here. */
  readonly version?: number;
}

export function fingerprintOf(value: string): Fingerprint {
  const version = FORM.exec(value)?.[1];
  return { hash: hashOf(value), version: version === undefined ? undefined : Number(version) };
}
