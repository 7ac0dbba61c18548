import { AccessContextManagerServicePerimeter } from '@cdktf/provider-google/lib/access-context-manager-service-perimeter';
import { Construct } from 'constructs';
import { Checks, literal } from '../core';
import type { AccessPolicyReference } from './access-policy';
import { PROJECT_NUMBER } from './checks';

export interface PerimeterBridgeProps {
  /** Access policy that it belongs to. */
  readonly policy: AccessPolicyReference;
  /** At most 50 letters, digits and underscores, starting with a letter. */
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
  /** Numbers of at least two projects, each in a perimeter of its own. They reach each other both ways, for every service. */
  readonly projects: readonly string[];
  /**
   * Only log what it would change.
   * @default false
   */
  readonly dryRun?: boolean;
}

/**
 * A bridge between perimeters of one access policy. It has no services, access levels or policies: those are its projects' perimeters'.
 * Prefer ingress and egress policies, which say who and what; Google's own hardened organizations forbid bridges.
 */
export class PerimeterBridge extends Construct {
  readonly resource: AccessContextManagerServicePerimeter;

  constructor(scope: Construct, id: string, props: PerimeterBridgeProps) {
    super(scope, id);
    const { policy, name, projects, dryRun = false } = props;
    const check = new Checks(this);
    check.matches('name', name, /^[A-Za-z]\w{0,49}$/, 'at most 50 letters, digits and underscores, starting with a letter');
    check.matches('title', props.title, /^.{1,150}$/, '1 to 150 characters');
    check.that(() => new Set(projects).size >= 2, '`projects` must have at least two different ones: a bridge has two ends.');
    for (const project of projects) check.matches('projects', project, PROJECT_NUMBER, 'a project number');
    check.done();

    const members = { resources: projects.map((number) => `projects/${number}`) };
    this.resource = new AccessContextManagerServicePerimeter(this, 'Resource', {
      parent: policy.parent,
      name: `${policy.parent}/servicePerimeters/${name}`,
      title: literal(props.title ?? name),
      description: props.description === undefined ? undefined : literal(props.description),
      perimeterType: 'PERIMETER_TYPE_BRIDGE',
      ...(dryRun ? { spec: members, useExplicitDryRunSpec: true } : { status: members }),
    });
  }
}
