import type { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import { Construct } from 'constructs';
import { Checks, EphemeralVariable } from '../core';
import { checkGenerated, generate, type Generation } from './generation';
import { checkGeneration, type PreviousVersion, writeVersion } from './written-version';

export interface SecretValueProps {
  /** Full name of a secret that is there already, projects/P/secrets/S. */
  readonly secretName: string;
  /**
   * What becomes of the version before.
   * @default keep, as whatever is pinned to it may still start
   */
  readonly previous?: PreviousVersion;
}

const SECRET_NAME = /^projects\/[^/]+\/secrets\/[A-Za-z0-9_-]{1,255}$/;

/**
 * A value for a secret that another stack has made. It is written by the stack that runs with it: so a rotation writes the new version,
 * then changes what reads it, and only then sees to the version before.
 */
abstract class SecretValue<Props extends SecretValueProps> extends Construct {
  /** The version that holds the value. */
  readonly version: SecretManagerSecretVersion;
  /** An expression for a second write-only argument that takes the same value, e.g. the password of a database user. */
  readonly value: string;

  constructor(scope: Construct, id: string, props: Props, generation: number) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('secretName', props.secretName, SECRET_NAME, 'the full name of a secret, projects/P/secrets/S');
    this.checkValue(check, props);
    check.done();
    this.value = this.makeValue(props);
    this.version = writeVersion(this, props.secretName, generation, this.value, props.previous ?? 'keep');
  }

  protected abstract checkValue(check: Checks, props: Props): void;
  protected abstract makeValue(props: Props): string;
}

export interface GeneratedValueProps extends SecretValueProps, Generation {}

/** A value that nobody has seen: made while Terraform applies. */
export class GeneratedValue extends SecretValue<GeneratedValueProps> {
  constructor(scope: Construct, id: string, props: GeneratedValueProps) {
    super(scope, id, props, props.version ?? 1);
  }

  protected override checkValue(check: Checks, props: GeneratedValueProps): void {
    checkGenerated(check, props);
  }

  protected override makeValue(props: GeneratedValueProps): string {
    return generate(this, props);
  }
}

export interface ProvidedValueProps extends SecretValueProps {
  /** Name of the ephemeral variable that carries it: set `TF_VAR_<name>`. Letters, digits and underscores. */
  readonly variableName: string;
  /**
   * Raise it by one to write a new value.
   * @default 1
   */
  readonly version?: number;
}

/** A value that somebody else gave out, from an ephemeral variable. */
export class ProvidedValue extends SecretValue<ProvidedValueProps> {
  constructor(scope: Construct, id: string, props: ProvidedValueProps) {
    super(scope, id, props, props.version ?? 1);
  }

  protected override checkValue(check: Checks, props: ProvidedValueProps): void {
    checkGeneration(check, props.version);
    check.matches('variableName', props.variableName, /^[A-Za-z_]\w*$/, 'letters, digits and underscores, not beginning with a digit');
  }

  protected override makeValue({ variableName, secretName, version }: ProvidedValueProps): string {
    const variable = new EphemeralVariable(this, 'Value', {
      name: variableName,
      description:
        `Value of ${secretName.replace(/^.*\//, 'secret ')}. Needed only by the deploy that writes generation ${version ?? 1} of it; ` +
        'without it the service refuses (payload is required), and the version before stays as it is.',
    });
    return variable.stringValue;
  }
}
