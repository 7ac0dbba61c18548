import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { Construct } from 'constructs';
import { Annotations, Checks } from '../core';
import { type Access, grantAccess } from './access';
import { deployNeeds } from './deploy-roles';
import { Principal, waitFor } from './principal';
import { Target } from './target';

export interface DeployIdentitiesProps {
  /** Project that gets both accounts. */
  readonly projectId: string;
  /** Beginning of both account ids; at most 21 characters. */
  readonly name: string;
  /** Types of everything that is deployed, `data.` before what is only read: the roles follow from them. */
  readonly types: Iterable<string>;
  /** Who plans: jobs of pull requests. */
  readonly planners: readonly Principal[];
  /** Who applies: jobs that somebody has let through. */
  readonly appliers: readonly Principal[];
  /**
   * Bucket and folder of the state.
   * @default it is nowhere that a pipeline reaches
   */
  readonly state?: {
    /** Name of the bucket. */
    readonly bucket: string;
    /** Folder in it. */
    readonly prefix: string;
  };
  /**
   * Project charged for API quota, which both need serviceusage.services.use on.
   * @default `projectId`
   */
  readonly quotaProject?: string;
  /**
   * What both read beside that, in other projects. Whoever deploys this construct must be allowed to grant it there.
   * @default nothing
   */
  readonly reads?: readonly Access[];
  /**
   * E-mails of service accounts that deployed things run as: whoever deploys must be allowed to say so.
   * @default none
   */
  readonly actsAs?: readonly string[];
}

/** Types that this construct makes. */
const OWN_TYPES = [
  'google_service_account',
  'google_service_account_iam_member',
  'google_project_iam_member',
  'google_storage_bucket_iam_member',
];

/** Two identities that deploy: one reads and plans, the other applies. Neither has a key. */
export class DeployIdentities extends Construct {
  /** Plans, and changes nothing. */
  readonly viewer: ServiceAccount;
  /** Applies. */
  readonly admin: ServiceAccount;
  /** E-mails, for the pipeline. */
  readonly emails: { readonly viewer: string; readonly admin: string };

  constructor(scope: Construct, id: string, props: DeployIdentitiesProps) {
    super(scope, id);
    const needs = deployNeeds([...props.types, ...OWN_TYPES]);
    const check = new Checks(this);
    check.matches('name', props.name, /^[a-z][a-z0-9-]{0,20}$/, 'at most 21 of a-z, 0-9 and dash, starting with a letter');
    for (const { problems } of [...props.planners, ...props.appliers]) problems.forEach((problem) => check.add(problem));
    for (const type of needs.unknown) check.add(`nothing is known of the roles that ${type} needs. Add it to deploy-roles.ts.`);
    const planners = new Set(props.planners.map(({ member }) => member));
    for (const { member } of props.appliers) {
      check.that(
        () => !planners.has(member),
        `${member} plans and applies: then a pull request can change everything. Tell the two apart.`,
      );
    }
    check.done();
    for (const sentence of needs.above) Annotations.of(this).addWarning(`${sentence}; no identity inside the project can grant that.`);

    const email = (accountId: string) => `${accountId}@${props.projectId}.iam.gserviceaccount.com`;
    const [viewerId, adminId] = [`${props.name}-viewer`, `${props.name}-deployer`];
    this.emails = { viewer: email(viewerId), admin: email(adminId) };
    this.viewer = this.account('Viewer', viewerId, 'Plans: reads, and changes nothing', props, needs.view, props.planners);
    this.admin = this.account('Admin', adminId, 'Applies what was reviewed', props, needs.admin, props.appliers);
    for (const account of props.actsAs ?? []) {
      new ServiceAccountIamMember(this, `Acts as ${account}`, {
        serviceAccountId: `projects/${/@([^.]+)/.exec(account)?.[1]}/serviceAccounts/${account}`,
        role: 'roles/iam.serviceAccountUser',
        member: `serviceAccount:${this.emails.admin}`,
        dependsOn: [this.admin],
      });
    }
  }

  private account(
    id: string,
    accountId: string,
    displayName: string,
    props: DeployIdentitiesProps,
    roles: readonly string[],
    trusted: readonly Principal[],
  ): ServiceAccount {
    const scope = new Construct(this, id);
    const account = new ServiceAccount(scope, 'Resource', { accountId, project: props.projectId, displayName });
    const principal = Principal.serviceAccount(`${accountId}@${props.projectId}.iam.gserviceaccount.com`, [account]);
    for (const each of trusted) {
      new ServiceAccountIamMember(scope, `Trusts ${each.member}`, {
        serviceAccountId: account.name,
        role: 'roles/iam.workloadIdentityUser',
        member: each.member,
        dependsOn: waitFor(each),
      });
    }
    const access = roles.map((role) => ({ role, on: Target.project(props.projectId) }));
    const quota = { role: 'roles/serviceusage.serviceUsageConsumer', on: Target.project(props.quotaProject ?? props.projectId) };
    grantAccess(scope, principal, [...access, quota, ...(props.reads ?? [])]);
    if (props.state) {
      new StorageBucketIamMember(scope, 'State', {
        bucket: props.state.bucket,
        role: id === 'Admin' ? 'roles/storage.objectUser' : 'roles/storage.objectViewer',
        member: principal.member,
        condition: onlyBelow(props.state),
        dependsOn: [account],
      });
    }
    return account;
  }
}

/** The bucket holds the states of other environments too. Terraform also lists its folder, which is a request to the bucket. */
function onlyBelow({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }) {
  return {
    title: 'state of this environment',
    expression:
      `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}/") || ` +
      `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("${prefix}/")`,
  };
}
