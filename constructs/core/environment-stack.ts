import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { TerraformStack } from './cdktf';
import { Checks } from './checks';
import { renamedOption } from './deprecation';
import { heedDependencies } from './dependencies';
import { ValidationError } from './errors';
import { Handover } from './handover';
import { keyResources } from './keys';
import { checkLabels, type Labels } from './labels';
import { providers } from './providers';
import { addStateBackend, type StateLocation } from './state';
import { storedWriteOnlyArguments } from './write-only';

/** Write-only arguments exist since Terraform 1.11 and OpenTofu 1.11. */
const REQUIRED_VERSION = '>= 1.11';

export interface AwsAccount {
  /** 12 digits. Terraform refuses to work on any other account. */
  readonly accountId: string;
  /** Region of the AWS provider, e.g. eu-central-1. */
  readonly region: string;
  /**
   * ARN of the role that Terraform assumes.
   * @default the caller as is
   */
  readonly deployRole?: string;
}

export interface EnvironmentStackProps {
  /** Becomes the label `environment` of every resource that takes labels. */
  readonly environmentName: string;
  /** Project of every resource that does not name another. */
  readonly projectId: string;
  /** Region of every resource that does not name another. */
  readonly region: string;
  /**
   * Labels, and AWS tags, of every resource that takes them.
   * @default the environment's name only
   */
  readonly labels?: Labels;
  /**
   * Project charged for API quota. The caller needs serviceusage.services.use on it.
   * @default `projectId`
   */
  readonly quotaProject?: string;
  /**
   * E-mail of the service account that Terraform impersonates, for resources and state.
   * @default the caller as is
   */
  readonly deployAs?: string;
  /** @deprecated - use deployAs; removed in 1.0.0 */
  readonly deployIdentity?: string;
  /** Where Terraform keeps the state. */
  readonly state: StateLocation;
  /**
   * Account of the AWS resources.
   * @default no AWS provider, and `aws` throws
   */
  readonly aws?: AwsAccount;
}

/** A stack of an environment: providers with default labels, state, required version, and the checks that hold for every stack. */
export class EnvironmentStack extends TerraformStack {
  /** Files that the stack makes for others. */
  readonly handover: Handover;
  private awsProvider?: AwsProvider;
  private readonly labels: Labels;
  private readonly deployAs?: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: EnvironmentStackProps,
  ) {
    super(scope, id);
    this.handover = new Handover(this);
    this.labels = { environment: environment.environmentName, ...environment.labels };
    this.deployAs = renamedOption(this, {
      name: 'deployIdentity',
      value: environment.deployIdentity,
      use: 'deployAs',
      instead: environment.deployAs,
      removedIn: '1.0.0',
    });
    this.check();

    this.addOverride('terraform.required_version', REQUIRED_VERSION);
    addStateBackend(this, environment.state, this.deployAs);
    const google = new (providers.google())(this, 'Google', {
      project: environment.projectId,
      region: environment.region,
      // Without both, the quota of a person's own credentials is charged to a project of Google's SDK, which some APIs refuse.
      userProjectOverride: true,
      billingProject: environment.quotaProject ?? environment.projectId,
      impersonateServiceAccount: this.deployAs,
    });
    // As an override: cdktf turns the keys of a provider's maps into snake_case, and `cost-center` into another label.
    google.addOverride('default_labels', { ...this.labels });
    // On the stack, not the app: aspects of an app are never visited (cdktf synthesizes stack by stack).
    heedDependencies(this);
  }

  /** The AWS provider, made on first use: a stack without AWS resources does not download it. */
  get aws(): AwsProvider {
    const { aws } = this.environment;
    if (!aws) throw new ValidationError(this, 'has resources in AWS, but no `aws` account was given.');
    if (!this.awsProvider) {
      this.awsProvider = new (providers.aws())(this, 'Aws', {
        region: aws.region,
        allowedAccountIds: [aws.accountId],
        assumeRole: aws.deployRole === undefined ? undefined : [{ roleArn: aws.deployRole }],
      });
      this.awsProvider.addOverride('default_tags', [{ tags: { ...this.labels } }]);
    }
    return this.awsProvider;
  }

  /** As cdktf does it, but with an error that is recognised as one for people. */
  override runAllValidations(): void {
    const errors = this.node.findAll().flatMap((construct) => {
      const problems = construct.node.validate();
      return problems.length > 0 ? [new ValidationError(construct, problems)] : [];
    });
    if (errors.length > 0) throw ValidationError.all(this, errors);
  }

  /** Here, and not in a validation: these also run for `Testing.synth`, and see what overrides have added. */
  override toTerraform(): ReturnType<TerraformStack['toTerraform']> {
    const synthesized = super.toTerraform();
    const problems = [...storedWriteOnlyArguments(synthesized), ...keyResources(synthesized)];
    if (problems.length > 0) throw new ValidationError(this, problems);
    return synthesized;
  }

  private check(): void {
    const { environment } = this;
    const check = new Checks(this);
    checkLabels(check, this.labels);
    check.matches('projectId', environment.projectId, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'a project ID, 6 to 30 of a-z, 0-9 and dash');
    check.matches('region', environment.region, /^[a-z]+-[a-z]+\d{1,2}$/, 'a region, e.g. europe-west4');
    check.matches('deployAs', this.deployAs, /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/, 'the e-mail of a service account');
    check.matches('aws.accountId', environment.aws?.accountId, /^\d{12}$/, '12 digits');
    check.done();
  }
}
