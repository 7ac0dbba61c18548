import { OrgPolicyPolicy } from '@cdktf/provider-google/lib/org-policy-policy';
import { Construct } from 'constructs';
import { Checks } from '../core';
import { projectIdProblem } from './values';

/** https://docs.cloud.google.com/organization-policy/restrict-service-accounts */
const CONSTRAINTS = ['iam.disableServiceAccountKeyCreation', 'iam.disableServiceAccountKeyUpload'];

export interface KeylessPolicyProps {
  /** Project that gets the policy. */
  readonly projectId: string;
}

/**
 * Forbids keys of service accounts in a project, whoever asks. Keys that exist go on working. Whoever deploys it needs
 * `roles/orgpolicy.policyAdmin`, which only an organization can give.
 */
export class KeylessPolicy extends Construct {
  constructor(scope: Construct, id: string, { projectId }: KeylessPolicyProps) {
    super(scope, id);
    const check = new Checks(this);
    const problem = projectIdProblem(projectId);
    check.that(() => problem === undefined, problem ?? '', projectId);
    check.done();
    for (const constraint of CONSTRAINTS) {
      new OrgPolicyPolicy(this, constraint, {
        name: `projects/${projectId}/policies/${constraint}`,
        parent: `projects/${projectId}`,
        spec: { rules: [{ enforce: 'TRUE' }] },
      });
    }
  }
}
