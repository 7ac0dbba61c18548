import type { Construct } from 'constructs';
import { TerraformElement, TerraformVariable } from './cdktf';

/** A provider that has no bindings here: it stands in `required_providers` only where one of its resources is used. */
export interface ProviderRequirement {
  /** Name of the provider, which is also the beginning of its type names. */
  readonly name: string;
  /** Source address, e.g. `hashicorp/random`. */
  readonly source: string;
  /** Version constraint. */
  readonly version: string;
}

export interface EphemeralResourceProps {
  /** Type of the ephemeral resource, e.g. `random_password`. */
  readonly type: string;
  /** Where its type comes from. */
  readonly provider: ProviderRequirement;
  /** Arguments, with Terraform's own (snake_case) names. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * An `ephemeral` block: opened anew in every plan and apply, and never stored. CDKTF 0.21 has none (terraform-cdk#3886).
 * Needs Terraform >= 1.10 or OpenTofu >= 1.11.
 */
export class EphemeralResource extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EphemeralResourceProps,
  ) {
    super(scope, id, `ephemeral.${props.type}`);
  }

  /** A reference to an attribute of the value, for write-only arguments. */
  attribute(name: string): string {
    return `\${ephemeral.${this.props.type}.${this.friendlyUniqueId}.${name}}`;
  }

  override toTerraform(): object {
    const { type, provider, arguments: own } = this.props;
    return {
      terraform: { required_providers: { [provider.name]: { source: provider.source, version: provider.version } } },
      ephemeral: { [type]: { [this.friendlyUniqueId]: { ...own, '//': this.constructNodeMetadata } } },
    };
  }
}

export interface EphemeralVariableProps {
  /** Letters, digits and underscores, so that a shell can export `TF_VAR_<name>`. */
  readonly name: string;
  /** For people who are asked for the value. */
  readonly description: string;
}

/**
 * A string variable whose value is never stored. It is empty unless somebody gives a value, so that planning, and deploying what
 * does not need it, never asks for it.
 */
export class EphemeralVariable extends TerraformVariable {
  constructor(scope: Construct, id: string, props: EphemeralVariableProps) {
    super(scope, id, { type: 'string', description: props.description, default: '', nullable: false, sensitive: true });
    this.overrideLogicalId(props.name);
    this.addOverride('ephemeral', true);
  }
}
