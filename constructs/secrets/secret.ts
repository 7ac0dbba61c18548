import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { Construct } from 'constructs';
import { Checks, grantId } from '../core';
import { Replication } from './replication';

export interface SecretProps {
  /** 1 to 255 letters, digits, dashes and underscores; unique in the project. */
  readonly secretId: string;
  /**
   * Where the values are kept.
   * @default automatic, with Google-managed encryption
   */
  readonly replication?: Replication;
  /**
   * While true, a deploy that would delete the secret fails.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

const SECRET_ID = /^[A-Za-z0-9_-]{1,255}$/;
const KEY_LOCATION = /\/locations\/([^/]+)\/keyRings\//;
/** A container for versions of one value, and who may read it. */
export abstract class Secret<Props extends SecretProps = SecretProps> extends Construct {
  /** The container. */
  readonly resource: SecretManagerSecret;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('secretId', props.secretId, SECRET_ID, '1 to 255 letters, digits, dashes and underscores');
    check.notEmpty('replication', props.replication?.replicas);
    for (const { location, kmsKey } of props.replication?.replicas ?? []) {
      const keyLocation = KEY_LOCATION.exec(kmsKey ?? '')?.[1];
      check.that(
        () => keyLocation === undefined || keyLocation === location,
        `the key of a replica must be in the replica's own location ${location}, but ${kmsKey} is in ${keyLocation}.`,
        location,
        kmsKey,
      );
    }
    this.checkValue(check, props);
    check.done();

    this.resource = new SecretManagerSecret(this, 'Resource', {
      secretId: props.secretId,
      replication: (props.replication ?? Replication.automatic()).block,
      deletionProtection: props.deletionProtection ?? true,
    });
    // CDKTF drops empty blocks, and `auto` without a key is one. A comment keeps it.
    if (!props.replication?.replicas) this.resource.addOverride('replication.auto.//', 'Google chooses the places.');
  }

  /** Further checks of a kind of secret, reported together with those of the container. */
  protected abstract checkValue(check: Checks, props: Props): void;

  /** Short name. */
  get secretId(): string {
    return this.resource.secretId;
  }

  /** Full name, projects/P/secrets/S. */
  get secretName(): string {
    return this.resource.id;
  }

  /**
   * Lets a member read the versions of this secret, beside those who already may.
   * @param member e.g. `serviceAccount:gateway@acme-ai-dev.iam.gserviceaccount.com`
   * @param id construct id of the grant; needed when the member is known only to Terraform. Default: the member.
   * @returns the grant, for consumers that must not start before it
   */
  grantRead(member: string, id?: string): SecretManagerSecretIamMember {
    return new SecretManagerSecretIamMember(this, grantId(this, 'Reader', member, id), {
      secretId: this.resource.id,
      role: 'roles/secretmanager.secretAccessor',
      member,
    });
  }
}
