import type { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import type { Construct } from 'constructs';
import { Secret, type SecretProps } from '../../secrets';
import { writeVersion } from '../../secrets/written-version';

export interface LoginSecretProps extends SecretProps {
  /** Refers to an ephemeral password. */
  readonly url: string;
  readonly version: number;
  /** It is not its turn: what stands in it stays. */
  readonly rests: boolean;
}

/** Holds the URL that one user logs in with. */
export class LoginSecret extends Secret<LoginSecretProps> {
  readonly version: SecretManagerSecretVersion;

  constructor(scope: Construct, id: string, props: LoginSecretProps) {
    super(scope, id, props);
    this.version = writeVersion(this, this.resource.id, props.version, props.url);
    if (props.rests) this.version.lifecycle = { ...this.version.lifecycle, ignoreChanges: ['secret_data_wo', 'secret_data_wo_version'] };
  }

  protected override checkValue(): void {
    // The login has checked what it passes.
  }
}
