import { Construct } from 'constructs';
import type { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import type { Environment } from '../configuration';
import { EncryptionKey, KeyRing } from '../constructs/encryption';
import { serviceAgent, type ServiceWithAgent } from '../constructs/project';
import { type DataKind, keyRingName } from './names';
import { traitsOf } from './tier';

/** A key, and what must be there before anything names it. */
export interface UsableKey {
  readonly keyName: string;
  readonly grant: KmsCryptoKeyIamMember;
}

/** A key for each kind of data, so that access to one does not open the other, and its use can be told apart in the logs. */
export class CustomerManagedKeys extends Construct {
  readonly secrets: UsableKey;
  readonly images: UsableKey;
  /** Models on endpoints, and what Vertex AI keeps of them. */
  readonly endpoints: UsableKey;
  /** Requests and responses that endpoints log. */
  readonly requests: UsableKey;
  /** Keys, budgets and spend of the gateway. Only where it has a database. */
  readonly database?: UsableKey;
  /** What its instances share in Redis. Only where it has one. */
  readonly cache?: UsableKey;

  constructor(scope: Construct, id: string, environment: Environment, encryption: NonNullable<Environment['encryption']>) {
    super(scope, id);
    const keyRing = new KeyRing(this, 'KeyRing', { name: keyRingName(environment), location: environment.region });
    const key = (name: DataKind, service: ServiceWithAgent): UsableKey => {
      const made = new EncryptionKey(this, name, {
        keyRing,
        name,
        rotationDays: encryption.rotationDays,
        protectionLevel: encryption.protectionLevel,
        preventDestroy: traitsOf(environment).protectsData,
      });
      return { keyName: made.keyName, grant: made.grantEncryptDecrypt(serviceAgent(service, environment.project.number)) };
    };
    this.secrets = key('secrets', 'secretmanager.googleapis.com');
    this.images = key('images', 'artifactregistry.googleapis.com');
    this.endpoints = key('endpoints', 'aiplatform.googleapis.com');
    this.requests = key('requests', 'bigquery.googleapis.com');
    if (environment.gateway?.database) this.database = key('database', 'sqladmin.googleapis.com');
    if (environment.gateway?.redis) this.cache = key('cache', 'redis.googleapis.com');
  }
}
