import { AccessContextManagerAccessPolicy } from '@cdktf/provider-google/lib/access-context-manager-access-policy';
import { Construct } from 'constructs';
import { Checks, literal } from '../core';

/** The access policy that levels and perimeters belong to. */
export interface AccessPolicyReference {
  /** `accessPolicies/NUMBER`. */
  readonly parent: string;
}

export interface AccessPolicyProps {
  /** Number of the organization. */
  readonly organization: string;
  /** What people see, at most 150 characters. */
  readonly title: string;
  /**
   * `folders/NUMBER` or `projects/NUMBER` that the policy is for. Scoped policies misbehave while the organization has no policy of its
   * own.
   * @default the whole organization, which can have one such policy only
   */
  readonly scope?: string;
}

/** A new access policy. Most organizations have theirs already: refer to that with `AccessPolicy.fromNumber`. */
export class AccessPolicy extends Construct implements AccessPolicyReference {
  /** An access policy that exists. @param number as `gcloud access-context-manager policies list` shows it */
  static fromNumber(number: string): AccessPolicyReference {
    return { parent: `accessPolicies/${number}` };
  }

  readonly resource: AccessContextManagerAccessPolicy;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('organization', props.organization, /^\d{1,19}$/, 'the number of an organization');
    check.matches('title', props.title, /^.{1,150}$/, '1 to 150 characters');
    check.matches('scope', props.scope, /^(folders|projects)\/\d+$/, 'folders/NUMBER or projects/NUMBER');
    check.done();

    this.resource = new AccessContextManagerAccessPolicy(this, 'Resource', {
      parent: `organizations/${props.organization}`,
      title: literal(props.title),
      scopes: props.scope === undefined ? undefined : [props.scope],
    });
  }

  get parent(): string {
    return `accessPolicies/${this.resource.name}`;
  }
}
