import type { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import type { Construct } from 'constructs';
import { type Checks, EphemeralVariable } from '../core';
import { Secret, type SecretProps } from './secret';
import { checkGeneration, writeVersion } from './written-version';

export interface ProvidedSecretProps extends SecretProps {
  /**
   * `variable`: written from an ephemeral Terraform variable. `by-hand`: somebody adds versions with `gcloud secrets versions add`.
   * @default by-hand
   */
  readonly value?: 'variable' | 'by-hand';
  /**
   * With `value: 'variable'`: raise it by one to write a new value; the version before is disabled.
   * @default 1
   */
  readonly version?: number;
}

/** A secret whose value comes from elsewhere: the key of a model vendor, a client secret, a password somebody else gave out. */
export class ProvidedSecret extends Secret<ProvidedSecretProps> {
  /** The version that Terraform writes. Absent when versions are added by hand. */
  readonly version?: SecretManagerSecretVersion;
  /** The variable that carries the value: set `TF_VAR_<name>`. Absent when versions are added by hand. */
  readonly variableName?: string;

  constructor(scope: Construct, id: string, props: ProvidedSecretProps) {
    super(scope, id, props);
    if (props.value !== 'variable') return;
    const generation = props.version ?? 1;
    // The name of the secret is the name of the variable: where it carries the environment's name, no shell's leftovers go elsewhere.
    this.variableName = props.secretId.replace(/-/g, '_');
    const variable = new EphemeralVariable(this, 'Value', {
      name: this.variableName,
      description:
        `Value of secret ${props.secretId}. Needed only by the deploy that writes generation ${generation} of it; ` +
        'without it the service refuses (payload is required), and the version before stays as it is.',
    });
    this.version = writeVersion(this, this.resource.id, generation, variable.stringValue);
  }

  protected override checkValue(check: Checks, props: ProvidedSecretProps): void {
    checkGeneration(check, props.version);
    check.that(
      () => props.version === undefined || props.value === 'variable',
      "`version` has no meaning when values are added by hand. Remove it, or say `value: 'variable'`.",
    );
    check.that(
      () => props.value !== 'variable' || /^[A-Za-z_]/.test(props.secretId),
      `\`secretId\` becomes the name of a variable and must begin with a letter or an underscore, got: "${props.secretId}".`,
      props.secretId,
    );
  }
}
