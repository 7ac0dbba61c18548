import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct, type IConstruct } from 'constructs';
import { Checks } from '../core';
import { type Access, Identity, Principal } from '../workload-identity';

export interface GatewayAccountProps {
  /** Project ID. */
  readonly projectId: string;
  /** 6 to 30 of a-z, 0-9 and dash, starting with a letter. */
  readonly accountId: string;
  /**
   * What it may do beside reading its secrets.
   * @default nothing
   */
  readonly access?: readonly Access[];
  /**
   * E-mails of service accounts that deploy what runs as it: Cloud Run asks whether they may.
   * @default none, as for people who own the project
   */
  readonly deployers?: readonly string[];
}

const ACCOUNT_ID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const SECRET_NAME = /^projects\/[^/]+\/secrets\/([^/]+)$/;

/** The service account that the gateway's containers run as: nothing else does, and it has no key. */
export class GatewayAccount extends Construct {
  readonly resource: ServiceAccount;
  /** E-mail, known before the account is there. */
  readonly email: string;
  /** As IAM writes it. */
  readonly member: string;
  private readonly readers = new Map<string, SecretManagerSecretIamMember>();
  private readonly grants: readonly IConstruct[];

  constructor(scope: Construct, id: string, { projectId, accountId, access = [], deployers = [] }: GatewayAccountProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('accountId', accountId, ACCOUNT_ID, '6 to 30 of a-z, 0-9 and dash, starting with a letter, not ending in a dash');
    check.done();
    this.email = `${accountId}@${projectId}.iam.gserviceaccount.com`;
    this.member = `serviceAccount:${this.email}`;
    this.resource = new ServiceAccount(this, 'Resource', { accountId, project: projectId, displayName: 'Model gateway' });
    const principal = Principal.serviceAccount(this.email, [this.resource]);
    this.grants = [
      ...(access.length > 0 ? [new Identity(this, 'Access', { principal, access })] : []),
      ...deployers.map((email) => this.letActAs(email)),
    ];
  }

  /**
   * Lets it read a secret, whoever asks first.
   * @param secretName full name, projects/P/secrets/S
   */
  canRead(secretName: string): SecretManagerSecretIamMember {
    const id = SECRET_NAME.exec(secretName)?.[1] ?? secretName;
    const made =
      this.readers.get(secretName) ??
      new SecretManagerSecretIamMember(this, `Reads ${id}`, {
        secretId: secretName,
        role: 'roles/secretmanager.secretAccessor',
        member: this.member,
        dependsOn: [this.resource],
      });
    this.readers.set(secretName, made);
    return made;
  }

  /** What must be there before something runs as it. */
  get ready(): readonly IConstruct[] {
    return [this.resource, ...this.grants];
  }

  private letActAs(email: string): ServiceAccountIamMember {
    return new ServiceAccountIamMember(this, `Deployed by ${email}`, {
      serviceAccountId: this.resource.name,
      role: 'roles/iam.serviceAccountUser',
      member: `serviceAccount:${email}`,
    });
  }
}
