import type { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import type { Construct } from 'constructs';
import { type Checks, EphemeralResource, type ProviderRequirement } from '../core';
import { Secret, type SecretProps } from './secret';
import { checkGeneration, writeVersion } from './written-version';

/** Ephemeral `random_password` exists since 3.7.1. */
const RANDOM: ProviderRequirement = { name: 'random', source: 'hashicorp/random', version: '3.7.2' };

export type Alphabet = 'alphanumeric' | 'hex' | 'printable';

/** Arguments of `random_password`. It has no hexadecimal set: digits plus six "special" characters make one. */
const ALPHABETS: Readonly<Record<Alphabet, Readonly<Record<string, unknown>>>> = {
  alphanumeric: { special: false },
  hex: { upper: false, lower: false, special: true, override_special: 'abcdef' },
  printable: { special: true },
};

export interface GeneratedSecretProps extends SecretProps {
  /** Raise it by one to rotate: a new value is written, the version before is disabled. Default: 1. */
  readonly version?: number;
  /** Generated characters, without the prefix; 16 to 512. Default: 32, which is 190 bits in letters and digits, 128 in hexadecimal. */
  readonly length?: number;
  /** What the value begins with: at most 32 letters, digits, dashes and underscores. It is no secret. Default: nothing. */
  readonly prefix?: string;
  /** `printable` adds punctuation, which URLs and shells need quoted. Default: alphanumeric. */
  readonly alphabet?: Alphabet;
}

/**
 * A secret whose value nobody has seen: made while Terraform applies, and written straight into Secret Manager. It stands in no
 * synthesized JSON, plan or state.
 */
export class GeneratedSecret extends Secret<GeneratedSecretProps> {
  /** The version that holds the value. */
  readonly version: SecretManagerSecretVersion;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id, props);
    const password = new EphemeralResource(this, 'Value', {
      type: 'random_password',
      provider: RANDOM,
      arguments: { length: props.length ?? 32, ...ALPHABETS[props.alphabet ?? 'alphanumeric'] },
    });
    this.version = writeVersion(this, props.version ?? 1, `${props.prefix ?? ''}${password.attribute('result')}`);
  }

  protected override checkValue(check: Checks, props: GeneratedSecretProps): void {
    checkGeneration(check, props.version);
    check.between('length', props.length, 16, 512);
    check.matches('prefix', props.prefix, /^[A-Za-z0-9_-]{0,32}$/, 'at most 32 letters, digits, dashes and underscores');
  }
}
