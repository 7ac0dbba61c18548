import { AccessContextManagerServicePerimeter } from '@cdktf/provider-google/lib/access-context-manager-service-perimeter';
import { Construct } from 'constructs';
import { Annotations, Checks, dependOn, literal } from '../core';
import type { AccessLevel } from './access-level';
import type { AccessPolicyReference } from './access-policy';
import { configurationBlock } from './blocks';
import { checkPolicies, checkSettings } from './checks';
import type { EvaluatedPerimeter } from './evaluation';
import { checkLockOuts, type Surroundings } from './lock-outs';
import type { PerimeterMode } from './mode';
import type { EgressPolicies, IngressPolicies } from './policies';
import { type PerimeterSettings, type PolicyBook, resolve } from './settings';

export interface ServicePerimeterProps {
  /** Access policy that it belongs to. */
  readonly policy: AccessPolicyReference;
  /** At most 50 letters, digits and underscores, starting with a letter. Never changes: a change makes another perimeter. */
  readonly name: string;
  /**
   * Unique within the access policy.
   * @default the name
   */
  readonly title?: string;
  /**
   * For people.
   * @default none
   */
  readonly description?: string;
  /** What is enforced, and what is tried. */
  readonly mode: PerimeterMode;
  /**
   * Ingress policies by title; configurations name those that they use.
   * @default none
   */
  readonly ingressPolicies?: IngressPolicies;
  /**
   * Egress policies by title.
   * @default none
   */
  readonly egressPolicies?: EgressPolicies;
  /**
   * Access levels that configurations and policies name.
   * @default names are not checked, and the levels must exist
   */
  readonly accessLevels?: readonly AccessLevel[];
  /**
   * What the perimeter must not lock out.
   * @default nothing is known, and then nothing can be enforced
   */
  readonly surroundings?: Surroundings;
}

/** https://cloud.google.com/access-context-manager/docs/reference/rest/v1/accessPolicies.servicePerimeters */
const NAME = /^[A-Za-z]\w{0,49}$/;
const STORAGE = 'storage.googleapis.com';

/**
 * A boundary around projects that restricted services do not cross. One resource with everything inline: the provider rewrites `status` and
 * `spec` as a whole, so members and policies in resources of their own would be undone by it.
 */
export class ServicePerimeter extends Construct {
  readonly resource: AccessContextManagerServicePerimeter;
  /** What `evaluate` takes. */
  readonly evaluated: EvaluatedPerimeter;

  constructor(scope: Construct, id: string, props: ServicePerimeterProps) {
    super(scope, id);
    const { policy, name, mode, accessLevels } = props;
    const book: PolicyBook = { ingress: props.ingressPolicies ?? {}, egress: props.egressPolicies ?? {} };
    this.check(props, book);

    const block = (settings: PerimeterSettings | undefined) => settings && configurationBlock(settings, book, policy.parent);
    this.resource = new AccessContextManagerServicePerimeter(this, 'Resource', {
      parent: policy.parent,
      name: `${policy.parent}/servicePerimeters/${name}`,
      title: literal(props.title ?? name),
      description: props.description === undefined ? undefined : literal(props.description),
      status: block(mode.status),
      spec: block(mode.spec),
      useExplicitDryRunSpec: mode.useExplicitDryRunSpec,
    });
    if (accessLevels?.length) dependOn(this, ...accessLevels);

    const resolved = (settings: PerimeterSettings | undefined) => settings && resolve(settings, book);
    this.evaluated = { enforced: resolved(mode.status), tried: resolved(mode.tried) };
  }

  private check({ name, title, mode, accessLevels, surroundings = {} }: ServicePerimeterProps, book: PolicyBook): void {
    const check = new Checks(this);
    const known = { accessLevels: accessLevels?.map(({ levelName }) => levelName) };
    const levelsWithMembers = accessLevels?.filter(({ hasMembers }) => hasMembers).map(({ levelName }) => levelName);
    const around = { levelsWithMembers, ...surroundings };
    check.matches('name', name, NAME, 'at most 50 letters, digits and underscores, starting with a letter');
    check.matches('title', title, /^.{1,150}$/, '1 to 150 characters');
    checkPolicies(check, book, known);
    if (mode.status) {
      checkSettings(check, 'enforced', mode.status, book, known);
      checkLockOuts(check, 'enforced', mode.status, book, around);
    }
    if (mode.spec) {
      const where = mode.status ? 'candidate' : 'dryRun';
      checkSettings(check, where, mode.spec, book, known);
      // Nothing is lost yet: advice, so that it is put right before promotion and not found out by it.
      const later = new AdviceChecks(this);
      checkLockOuts(later, where, mode.spec, book, around);
      later.advise();
    }
    check.done();
    this.adviseOnSignedUrls(mode, book);
  }

  private adviseOnSignedUrls({ status, spec }: PerimeterMode, book: PolicyBook): void {
    const names = new Set([...(status?.ingress ?? []), ...(spec?.ingress ?? [])]);
    for (const policyName of names) {
      const { from, to } = book.ingress[policyName]!;
      if (from.identityType === undefined || from.identityType === 'any' || !to.operations?.[STORAGE]) continue;
      Annotations.of(this).addWarning(
        `ingress policy ${policyName} admits callers to Cloud Storage by identityType ${from.identityType}, which signed URLs do not match: they ` +
          'need `identityType: any`.',
      );
    }
  }
}

/** Collects what will be an error once it is enforced, and says it as a warning. */
class AdviceChecks extends Checks {
  private readonly advice: string[] = [];

  constructor(private readonly construct: Construct) {
    super(construct);
  }

  override add(problem: string): void {
    this.advice.push(problem);
  }

  advise(): void {
    for (const each of this.advice) Annotations.of(this.construct).addWarning(each);
  }
}
