import { EcrAccountSetting } from '@cdktf/provider-aws/lib/ecr-account-setting';
import { EcrRegistryPolicy } from '@cdktf/provider-aws/lib/ecr-registry-policy';
import { EcrRegistryScanningConfiguration } from '@cdktf/provider-aws/lib/ecr-registry-scanning-configuration';
import { EcrReplicationConfiguration } from '@cdktf/provider-aws/lib/ecr-replication-configuration';
import { Construct } from 'constructs';
import { Checks, synthesizedResources, TerraformStack, Token } from '../core';
import { merged, policyJson, type Statement } from './policy';
import { checkTemplatePrefix } from './prefix';
import { checkRegistry, type PrivateRegistry } from './private-registry';
import { checkReplication, type Replication, replicationRules } from './replication';
import { Scanning } from './scanning';
import { guardUpstreams, type UpstreamPolicy } from './upstream-guard';

export interface EcrRegistryProps extends UpstreamPolicy {
  /** The account and region of the stack's AWS provider. */
  readonly location: PrivateRegistry;
  /**
   * When images are looked through for vulnerabilities.
   * @default basic, every image when it is pushed
   */
  readonly scanning?: Scanning;
  /**
   * Where images go from here.
   * @default nowhere
   */
  readonly replications?: readonly Replication[];
}

/** Not adjustable: https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const MAX_RULES = 50;
/** PutRegistryPolicy, `policyText`. */
const MAX_POLICY = 10_240;
const RULE = 'aws_ecr_pull_through_cache_rule';
/** There is one of each in an account and region, and whoever writes last wins. */
const SETTINGS = ['aws_ecr_registry_policy', 'aws_ecr_registry_scanning_configuration', 'aws_ecr_replication_configuration'];

/**
 * What an account has once in a region for all its images: the registry's policy, scanning, replication and settings. Whatever needs a
 * statement in the policy adds it here. A second one for the same account and region is an error: the two would overwrite each other.
 */
export class EcrRegistry extends Construct {
  /** Account and region. */
  readonly location: PrivateRegistry;
  /** Which registries images may come from. */
  readonly upstreams: UpstreamPolicy;
  private readonly statements: Statement[] = [];
  private readonly prefixes = new Map<string, Construct>();
  private readonly setting: EcrAccountSetting;
  private policy?: EcrRegistryPolicy;

  constructor(scope: Construct, id: string, props: EcrRegistryProps) {
    super(scope, id);
    const { location, scanning = Scanning.basic(), replications = [] } = props;
    this.location = location;
    this.upstreams = props;
    const check = new Checks(this);
    checkRegistry(check, 'location', location);
    props.trustedRegistries?.forEach((trusted) => checkRegistry(check, 'trustedRegistries', trusted));
    scanning.check(check);
    checkReplication(check, replications, location);
    for (const other of this.node.root.node.findAll()) {
      if (!(other instanceof EcrRegistry) || other === this || !other.location.equals(location)) continue;
      check.add(`the registry of ${location.toString()} is managed by ${other.node.path} already, and there is one only. Use that one.`);
    }
    check.done();

    // The first version of the scope ignores all actions but three: what caches of other accounts need would be granted in vain.
    this.setting = new EcrAccountSetting(this, 'PolicyScope', { name: 'REGISTRY_POLICY_SCOPE', value: 'V2' });
    new EcrRegistryScanningConfiguration(this, 'Scanning', { scanType: scanning.type, rule: scanning.rules });
    if (replications.length > 0) {
      new EcrReplicationConfiguration(this, 'Replication', { replicationConfiguration: { rule: replicationRules(replications) } });
    }
    guardUpstreams(this.stack, props);
    this.node.addValidation({ validate: () => [...this.quotaProblems(), ...this.rivals()] });
  }

  /** Adds to the policy of the registry. Statements that say the same of several principals or repositories become one. */
  addStatement(statement: Statement): void {
    this.statements.push(statement);
    this.policy ??= new EcrRegistryPolicy(this, 'Policy', { policy: '', dependsOn: [this.setting] });
    this.policy.policy = policyJson(merged(this.statements));
  }

  /** Keeps a prefix for one construct: rules and templates have one each. */
  reserve(check: Checks, prefix: string, construct: Construct): void {
    checkTemplatePrefix(check, 'prefix', prefix);
    const owner = this.prefixes.get(prefix);
    check.that(() => owner === undefined, `\`prefix\`: ${owner?.node.path} has the prefix "${prefix}" already.`, prefix);
    this.prefixes.set(prefix, construct);
  }

  private get stack(): TerraformStack {
    return TerraformStack.of(this);
  }

  private quotaProblems(): string[] {
    const rules = synthesizedResources(this.stack, [RULE]).length;
    const policy = policyJson(merged(this.statements));
    const tooLong = !Token.isUnresolved(policy) && policy.length > MAX_POLICY;
    return [
      ...(rules > MAX_RULES ? [`a registry has at most ${MAX_RULES} pull-through cache rules, and here are ${rules}.`] : []),
      ...(tooLong ? [`the policy of a registry has at most ${MAX_POLICY} characters, and here are ${policy.length}.`] : []),
    ];
  }

  private rivals(): string[] {
    return synthesizedResources(this.stack, SETTINGS)
      .filter(({ construct }) => !construct.node.scopes.includes(this))
      .map(({ type, construct }) => `${construct.node.path} is another ${type}, and there is one only. Use the methods of this registry.`);
  }
}
