import type { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import type { Construct } from 'constructs';
import type { Checks } from '../core';
import { checkGenerated, generate, type Generation } from './generation';
import { Secret, type SecretProps } from './secret';
import { writeVersion } from './written-version';

export interface GeneratedSecretProps extends SecretProps, Generation {}

/**
 * A secret whose value nobody has seen: made while Terraform applies, and written straight into Secret Manager. It stands in no
 * synthesized JSON, plan or state. A new version disables the one before.
 */
export class GeneratedSecret extends Secret<GeneratedSecretProps> {
  /** The version that holds the value. */
  readonly version: SecretManagerSecretVersion;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id, props);
    this.version = writeVersion(this, this.resource.id, props.version ?? 1, generate(this, props));
  }

  protected override checkValue(check: Checks, props: GeneratedSecretProps): void {
    checkGenerated(check, props);
  }
}
