import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import type { Construct } from 'constructs';
import type { TerraformMetaArguments, TerraformResource } from '../core';
import { EndpointGrants } from '../vertex-endpoint';
import { isKnownRole } from './roles';

/** A condition on a grant. Title and expression are fixed when the grant is made. */
export interface GrantCondition {
  /** Short name, for people. */
  readonly title: string;
  /** In the Common Expression Language. */
  readonly expression: string;
}

export interface GrantSettings extends TerraformMetaArguments {
  readonly role: string;
  readonly member: string;
  readonly condition?: GrantCondition;
}

type Make = (scope: Construct, id: string, settings: GrantSettings) => TerraformResource;

/** What a role is granted on: additive always, so that what others have stays. */
export class Target {
  static project(projectId: string): Target {
    return new Target(
      `project ${projectId}`,
      undefined,
      (scope, id, settings) => new ProjectIamMember(scope, id, { ...settings, project: projectId }),
    );
  }

  static secret({ projectId, secretId }: { readonly projectId: string; readonly secretId: string }): Target {
    const name = `projects/${projectId}/secrets/${secretId}`;
    return new Target(
      `secret ${secretId}`,
      'secretmanager',
      (scope, id, settings) => new SecretManagerSecretIamMember(scope, id, { ...settings, secretId: name }),
    );
  }

  static bucket(name: string): Target {
    return new Target(
      `bucket ${name}`,
      'storage',
      (scope, id, settings) => new StorageBucketIamMember(scope, id, { ...settings, bucket: name }),
    );
  }

  /** A Cloud Run service. */
  static service({ projectId, location, name }: { readonly projectId: string; readonly location: string; readonly name: string }): Target {
    return new Target(
      `service ${name}`,
      'run',
      (scope, id, settings) => new CloudRunV2ServiceIamMember(scope, id, { ...settings, project: projectId, location, name }),
    );
  }

  /** @param name full name, projects/P/serviceAccounts/EMAIL: the provider refuses an e-mail alone */
  static serviceAccount(name: string, label: string): Target {
    return new Target(
      `service account ${label}`,
      'iam',
      (scope, id, settings) => new ServiceAccountIamMember(scope, id, { ...settings, serviceAccountId: name }),
    );
  }

  /**
   * A Vertex AI endpoint. A stack whose last such grant may go calls `EndpointGrants.of(stack)` itself.
   * @param name full name, projects/P/locations/L/endpoints/ID @param label what people call it
   */
  static endpoint(name: string, label: string): Target {
    return new Target(
      `endpoint ${label}`,
      'aiplatform',
      (scope, _id, { role, member, dependsOn }) =>
        EndpointGrants.of(scope).add(scope, { endpoint: name, label, role, member, dependsOn: dependsOn ?? [] }),
      endpointObjection,
    );
  }

  private constructor(
    /** For messages and construct ids. */
    readonly label: string,
    /** Service whose roles mean something here; undefined: those of all. */
    readonly service: string | undefined,
    /** Makes the grant. */
    readonly make: Make,
    /** What else is wrong with a role or a condition here; undefined: nothing. */
    readonly objection: (role: string, condition: GrantCondition | undefined) => string | undefined = () => undefined,
  ) {}
}

/** Predefined roles that hold a permission on endpoints, in the list that `known-roles.json` names. */
const ENDPOINT_ROLES = ['admin', 'editor', 'expressAdmin', 'expressUser', 'user', 'viewer'].map((name) => `roles/aiplatform.${name}`);

function endpointObjection(role: string, condition: GrantCondition | undefined): string | undefined {
  if (condition)
    return 'a condition does not narrow a grant on an endpoint: Vertex AI knows none. Grant the role without it, or not at all.';
  if (!isKnownRole(role) || !role.startsWith('roles/aiplatform.') || ENDPOINT_ROLES.includes(role)) return undefined;
  return `${role} has no permission on endpoints. These have: ${ENDPOINT_ROLES.join(', ')}.`;
}
