import type { Construct } from 'constructs';
import { type Checks, EphemeralResource, type ProviderRequirement } from '../core';
import { checkGeneration } from './written-version';

/** Ephemeral `random_password` exists since 3.7.1. */
export const RANDOM: ProviderRequirement = { name: 'random', source: 'hashicorp/random', version: '3.7.2' };

export type Alphabet = 'alphanumeric' | 'hex' | 'printable';

/** Arguments of `random_password`. It has no hexadecimal set: digits plus six "special" characters make one. */
const ALPHABETS: Readonly<Record<Alphabet, Readonly<Record<string, unknown>>>> = {
  alphanumeric: { special: false },
  hex: { upper: false, lower: false, special: true, override_special: 'abcdef' },
  printable: { special: true },
};

/** How a value is generated. */
export interface Generation {
  /**
   * Raise it by one to rotate: a new value is written.
   * @default 1
   */
  readonly version?: number;
  /**
   * Generated characters, without the prefix; 16 to 512.
   * @default 32, which is 190 bits in letters and digits, 128 in hexadecimal
   */
  readonly length?: number;
  /**
   * What the value begins with: at most 32 letters, digits, dashes and underscores. It is no secret.
   * @default nothing
   */
  readonly prefix?: string;
  /**
   * `printable` adds punctuation, which URLs and shells need quoted.
   * @default alphanumeric
   */
  readonly alphabet?: Alphabet;
}

export function checkGenerated(check: Checks, { version, length, prefix }: Generation): void {
  checkGeneration(check, version);
  check.between('length', length, 16, 512);
  check.matches('prefix', prefix, /^[A-Za-z0-9_-]{0,32}$/, 'at most 32 letters, digits, dashes and underscores');
}

/** An expression whose value is made while Terraform applies, anew each time: only a write-only argument may take it. */
export function generate(scope: Construct, { length, prefix, alphabet }: Generation): string {
  const password = new EphemeralResource(scope, 'Value', {
    type: 'random_password',
    provider: RANDOM,
    arguments: { length: length ?? 32, ...ALPHABETS[alphabet ?? 'alphanumeric'] },
  });
  return `${prefix ?? ''}${password.attribute('result')}`;
}
