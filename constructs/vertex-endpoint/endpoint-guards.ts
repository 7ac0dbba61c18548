import type { VertexAiEndpoint } from '@cdktf/provider-google/lib/vertex-ai-endpoint';
import { Construct } from 'constructs';
import { TerraformData, TerraformStack } from '../core';
import type { ClearSpec } from './reconciler/spec';
import { ScriptRun } from './script-run';

/**
 * Empties an endpoint before Terraform deletes it: an endpoint with models cannot be deleted, and google 6.50 undeploys none.
 *
 * One resource with an instance an endpoint, for the whole stack: destroy provisioners of an instance run when it leaves `for_each`, but
 * not when its whole block leaves the configuration. So removing an endpoint is one plan and one apply, as long as the stack stays, and
 * as long as the block stays: a stack whose last endpoint may go calls `EndpointGuards.of(stack)` itself.
 *
 * It has a destroy provisioner only: a failed create provisioner would taint it, and those of tainted resources do not run.
 * Never `create_before_destroy`, here or below: then they do not run either.
 */
export class EndpointGuards extends Construct {
  private readonly resource: TerraformData;
  private readonly endpoints: Record<string, object> = {};

  /** The one of the stack. */
  static of(scope: Construct): EndpointGuards {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild('EndpointGuards');
    return (existing as EndpointGuards | undefined) ?? new EndpointGuards(stack, 'EndpointGuards');
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new TerraformData(this, 'Resource', {
      // What is here replaces the guard, and so empties the endpoint: only what the endpoint itself is replaced with.
      triggersReplace: { endpoint: '${each.value.clear.endpoint}', created: '${each.value.created}' },
      provisioners: [ScriptRun.of(this, 'reconcile').provisioner('self.input', 'destroy')],
    });
    this.resource.addOverride('input', '${each.value.clear}');
    // CDKTF drops an empty block; without endpoints the resource must stay, with no instance.
    this.resource.addOverride('for_each', '${{}}');
  }

  /**
   * Empties an endpoint before it is deleted. `VertexEndpoint` calls it.
   * @param key name of the instance; other keys are other guards
   * @returns a reference that is unknown to Terraform, and so replaces what it stands in, whenever the guard is replaced
   * @internal
   */
  guard(key: string, endpoint: VertexAiEndpoint, clear: ClearSpec): string {
    // The time of creation is unknown exactly when the endpoint is about to be replaced, whatever the reason.
    this.endpoints[key] = { clear, created: endpoint.createTime };
    this.resource.addOverride('for_each', this.endpoints);
    return `\${${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}["${key}"].id}`;
  }
}
