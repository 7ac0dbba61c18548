import { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import { KmsKeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import { Construct } from 'constructs';
import { Checks, grantId, NAME_LIMITS } from '../core';

const SECONDS_A_DAY = 86_400;
const NAME = new RegExp(`^[A-Za-z0-9_-]{1,${NAME_LIMITS.kms}}$`);
const NAME_RULE = `1 to ${NAME_LIMITS.kms} letters, digits, dashes and underscores`;

export interface KeyRingProps {
  /** 1 to 63 letters, digits, dashes and underscores. A key ring is never deleted: the name is spent for good. */
  readonly name: string;
  /** Region, multi-region or `global`: the location of what the keys encrypt. */
  readonly location: string;
}

/** Holds keys of one location. */
export class KeyRing extends Construct {
  readonly resource: KmsKeyRing;

  constructor(scope: Construct, id: string, props: KeyRingProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('name', props.name, NAME, NAME_RULE);
    check.done();
    this.resource = new KmsKeyRing(this, 'Resource', { name: props.name, location: props.location });
  }
}

export interface EncryptionKeyProps {
  /** Ring that the key is made in; its location is the key's. */
  readonly keyRing: KeyRing;
  /** 1 to 63 letters, digits, dashes and underscores; unique in the ring, and spent for good. */
  readonly name: string;
  /**
   * Days between automatic rotations, 1 to 3650. Old versions stay and decrypt.
   * @default 90, as CIS Google Cloud Benchmark 1.10 asks
   */
  readonly rotationDays?: number;
  /**
   * Where the key material lives.
   * @default software
   */
  readonly protectionLevel?: 'software' | 'hsm';
  /**
   * While true, Terraform refuses every plan that would destroy the key. To destroy a key is to destroy its versions, and with them
   * everything they encrypt.
   * @default true
   */
  readonly preventDestroy?: boolean;
}

/** A symmetric key with which Google's services encrypt what they keep. */
export class EncryptionKey extends Construct {
  readonly resource: KmsCryptoKey;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('name', props.name, NAME, NAME_RULE);
    check.between('rotationDays', props.rotationDays, 1, 3650);
    check.done();

    this.resource = new KmsCryptoKey(this, 'Resource', {
      keyRing: props.keyRing.resource.id,
      name: props.name,
      purpose: 'ENCRYPT_DECRYPT',
      rotationPeriod: `${(props.rotationDays ?? 90) * SECONDS_A_DAY}s`,
      versionTemplate: {
        algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION',
        protectionLevel: props.protectionLevel === 'hsm' ? 'HSM' : 'SOFTWARE',
      },
      lifecycle: props.preventDestroy === false ? undefined : { preventDestroy: true },
    });
  }

  /** Full name, projects/P/locations/L/keyRings/R/cryptoKeys/K. */
  get keyName(): string {
    return this.resource.id;
  }

  /**
   * Lets a member encrypt and decrypt with the key: usually the agent of a service (see `serviceAgent`), before anything of that
   * service names the key.
   * @param id construct id of the grant; needed when the member is known only to Terraform. Default: the member.
   */
  grantEncryptDecrypt(member: string, id?: string): KmsCryptoKeyIamMember {
    return new KmsCryptoKeyIamMember(this, grantId(this, 'User', member, id), {
      cryptoKeyId: this.resource.id,
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member,
    });
  }
}
