import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Construct } from 'constructs';
import { Checks, EphemeralVariable, TerraformStack } from '../core';
import { SECRET_PREFIX, type WrittenCredentials } from './access';

export interface CredentialsSecretProps extends WrittenCredentials {
  /** Prefix of the cache: what the secret is called after. */
  readonly prefix: string;
}

/**
 * The secret that ECR reads, written from an ephemeral variable. It is encrypted with the default key: the service-linked role of ECR may
 * use no other, so what asks for a key of one's own here (checkov: CKV_AWS_149) asks for a cache that cannot pull.
 */
export class CredentialsSecret extends Construct {
  readonly resource: SecretsmanagerSecret;
  readonly version: SecretsmanagerSecretVersion;

  constructor(scope: Construct, id: string, { prefix, username, variable, version = 1, recoveryDays }: CredentialsSecretProps) {
    super(scope, id);
    const others = TerraformStack.of(this)
      .node.findAll()
      .filter((node) => node instanceof EphemeralVariable);
    const check = new Checks(this);
    check.that(
      () => !others.some(({ friendlyUniqueId }) => friendlyUniqueId === variable),
      `\`variable\`: the stack has another variable ${variable}. Give each cache one of its own.`,
    );
    check.done();

    this.resource = new SecretsmanagerSecret(this, 'Resource', {
      name: `${SECRET_PREFIX}${prefix}`,
      description: `Credentials with which ECR fills the cache ${prefix}.`,
      recoveryWindowInDays: recoveryDays,
    });
    new EphemeralVariable(this, 'Token', {
      name: variable,
      description:
        `Token of ${username}, with which ECR fills the cache ${prefix}. Needed only by the deploy that writes version ${version} of it; ` +
        'without it Secrets Manager refuses the empty value.',
    });
    this.version = new SecretsmanagerSecretVersion(this, 'Version', {
      secretId: this.resource.id,
      // No value at all without a token: the service refuses that. A value with an empty token it would take.
      secretStringWo: `\${var.${variable} == "" ? "" : jsonencode({ username = ${JSON.stringify(username)}, accessToken = var.${variable} })}`,
      secretStringWoVersion: version,
    });
  }
}
