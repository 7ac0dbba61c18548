import type { SecretManagerSecretReplication } from '@cdktf/provider-google/lib/secret-manager-secret';

/** A place that keeps a copy of the secret. */
export interface Replica {
  /** Region, e.g. `europe-west4`. */
  readonly location: string;
  /**
   * Full name of a key in the same region.
   * @default Google-managed encryption
   */
  readonly kmsKey?: string;
}

/**
 * Where the payload of a secret is kept. The places are fixed when the secret is created; to change them, make a secret with another
 * name. Keys can change: versions written from then on use them.
 */
export class Replication {
  /** Google chooses the places. A customer-managed key must then be in the location `global`. */
  static automatic(options: { readonly kmsKey?: string } = {}): Replication {
    return new Replication({ auto: { customerManagedEncryption: encryption(options.kmsKey) } });
  }

  /** Only the places given: what `gcp.resourceLocations` and data residency ask for. */
  static userManaged(replicas: readonly Replica[]): Replication {
    return new Replication(
      {
        userManaged: {
          replicas: replicas.map(({ location, kmsKey }) => ({ location, customerManagedEncryption: encryption(kmsKey) })),
        },
      },
      replicas,
    );
  }

  private constructor(
    /** The block as the provider takes it. */
    readonly block: SecretManagerSecretReplication,
    /** Absent when Google chooses. */
    readonly replicas?: readonly Replica[],
  ) {}
}

const encryption = (kmsKey: string | undefined): { kmsKeyName: string } | undefined =>
  kmsKey === undefined ? undefined : { kmsKeyName: kmsKey };
