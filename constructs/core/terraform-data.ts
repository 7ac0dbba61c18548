import type { Construct } from 'constructs';
import { type TerraformMetaArguments, TerraformResource } from './cdktf';

export interface TerraformDataProps extends TerraformMetaArguments {
  /**
   * Stored in the state, and given back as `output` after apply.
   * @default none
   */
  readonly input?: unknown;
  /**
   * Stored in the state; a change replaces the resource.
   * @default none
   */
  readonly triggersReplace?: unknown;
}

/**
 * `terraform_data`, the resource that is Terraform's own. CDKTF has a class for it, which runs `terraform version` at each synthesis for
 * each instance, and so neither synthesizes where only OpenTofu is installed, nor in time where there are many.
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TerraformDataProps = {},
  ) {
    super(scope, id, { ...props, terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
  }

  /** Chosen by Terraform when it is made. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.props.input, triggers_replace: this.props.triggersReplace };
  }
}
