import { Construct } from 'constructs';
import { Checks, dependable, type ITerraformDependable, TerraformData, type TerraformResource, TerraformStack } from '../core';
import { ScriptRun } from './script-run';

export interface EndpointGrant {
  /** Full name of the endpoint: projects/P/locations/L/endpoints/ID. */
  readonly endpoint: string;
  /** What people call the endpoint; stands in the address of the grant. */
  readonly label: string;
  /** `roles/SERVICE.NAME`, or `projects/P/roles/ID`. */
  readonly role: string;
  /** As IAM writes it. */
  readonly member: string;
  /**
   * What people call the member; needed when it is known only to Terraform.
   * @default the member
   */
  readonly memberLabel?: string;
  /**
   * What must be there before.
   * @default nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const ENDPOINT = /^projects\/[^/]+\/locations\/[^/]+\/endpoints\/[^/]+$/;

/**
 * Roles on single endpoints. google 6.50 has no resource for the policy of an endpoint, so a script gives and takes one member at a time
 * (`reconciler/script/grant.js`); what others have granted stays.
 *
 * Two resources with an instance a grant, for the whole stack. `Removal` takes the member away when it is destroyed and does nothing
 * else; `Grant`, made after it, gives. In one resource, a grant that failed half-way would be tainted, and destroy provisioners of tainted
 * resources do not run: a member that got its role in spite of the failure would keep it. As with `EndpointGuards`, the blocks must stay
 * when the last grant goes: a stack whose last grant may go calls `EndpointGrants.of(stack)` itself. Never `create_before_destroy`.
 */
export class EndpointGrants extends Construct {
  private readonly removals: TerraformData;
  private readonly grants: TerraformData;
  private readonly instances: Record<string, object> = {};

  /** The one of the stack. */
  static of(scope: Construct): EndpointGrants {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild('EndpointGrants');
    return (existing as EndpointGrants | undefined) ?? new EndpointGrants(stack, 'EndpointGrants');
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const run = ScriptRun.of(this, 'grant');
    const billing = run.billingProject === undefined ? {} : { billingProject: run.billingProject };
    const block = (name: string, mode: 'grant' | 'revoke', when: 'create' | 'destroy'): TerraformData => {
      // Not the revision of the script: a new one must take nobody's role away, not even for a second.
      const provisioners = [run.provisioner('merge(self.input, self.triggers_replace)', when)];
      const resource = new TerraformData(this, name, { input: { mode, ...billing }, provisioners });
      resource.addOverride('triggers_replace', '${each.value}');
      // CDKTF drops an empty block; without grants the resource must stay, with no instance.
      resource.addOverride('for_each', '${{}}');
      return resource;
    };
    this.removals = block('Removal', 'revoke', 'destroy');
    this.grants = block('Grant', 'grant', 'create');
    this.dependOn(this.grants, [this.removals]);
  }

  /**
   * Gives a role on an endpoint to a member, beside those who have it.
   * @param scope who asks, for messages
   * @returns the resource that all grants of the stack are instances of
   */
  add(scope: Construct, { endpoint, label, role, member, memberLabel, dependsOn = [] }: EndpointGrant): TerraformResource {
    // By what it is and not by who asked: when a workload is renamed, nothing is taken from it.
    const key = `${role} on ${label} to ${memberLabel ?? member}`;
    const check = new Checks(scope);
    check.matches('endpoint', endpoint, ENDPOINT, 'projects/P/locations/L/endpoints/ID');
    check.that(
      () => !(key in this.instances),
      `${key} stands twice in this stack: when either goes, it is gone for both. Remove one of the two.`,
    );
    check.that(() => !/^all(Authenticated)?Users$/.test(member), `${member} would open ${label} to the world. Name who calls it.`, member);
    check.done();
    this.instances[key] = { endpoint, role, member };
    for (const resource of [this.removals, this.grants]) {
      resource.addOverride('for_each', this.instances);
      this.dependOn(resource, dependsOn);
    }
    return this.grants;
  }

  private dependOn(resource: TerraformData, others: readonly ITerraformDependable[]): void {
    resource.dependsOn = [...new Set([...(resource.dependsOn ?? []), ...others.map(dependable)])];
  }
}
