import type { IConstruct } from 'constructs';
import { TerraformResource } from './cdktf';

/** A resource as it is going to be synthesized, overrides included. */
export interface SynthesizedResource {
  /** e.g. `aws_ecr_registry_policy` */
  readonly type: string;
  /** The resource itself, for its path. */
  readonly construct: IConstruct;
  /** Arguments, with Terraform's own (snake_case) names. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Resources of the types in a part of the construct tree, whoever made them. For validations: what is changed afterwards is not seen. */
export function synthesizedResources(root: IConstruct, types: readonly string[]): SynthesizedResource[] {
  return root.node.findAll().flatMap((construct) => {
    if (!TerraformResource.isTerraformResource(construct) || !types.includes(construct.terraformResourceType)) return [];
    const type = construct.terraformResourceType;
    const { resource } = construct.toTerraform() as { resource: Record<string, Record<string, Record<string, unknown>>> };
    return Object.values(resource[type] ?? {}).map((given) => ({ type, construct, arguments: given }));
  });
}
