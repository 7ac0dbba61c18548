import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { Annotations, EnvironmentStack, literal, ValidationError } from '../constructs/core';
import { RESTRICTED_VIP, RESTRICTED_VIP_ADDRESSES } from '../constructs/network';
import { ProjectServices } from '../constructs/project';
import {
  AccessLevel,
  AccessPolicy,
  type AccessPolicyReference,
  PerimeterBridge,
  PerimeterMode,
  ServicePerimeter,
  type Surroundings,
  ViolationAlerts,
} from '../constructs/service-perimeter';
import { definePerimeter, type Evidence, type PerimeterDefinition, type PerimeterSection, withoutEvidence } from '../perimeter';
import { deployerEmail, stackId, viewerEmail } from './names';
import { stackProps } from './stack-props';
import { traitsOf } from './tier';

const ACCESS = 'accesscontextmanager.googleapis.com';
const LOGGING = 'logging.googleapis.com';
const MONITORING = 'monitoring.googleapis.com';

export interface PerimeterStackOptions {
  /** What a promotion left beside the environment file. Default: none, and then a production tier enforces nothing. */
  readonly perimeterEvidence?: Evidence;
}

/** The boundary around the project: access levels, perimeter, bridges, and alerts about what they deny. */
export class PerimeterStack extends EnvironmentStack {
  readonly perimeter: ServicePerimeter;

  constructor(scope: Construct, environment: Environment, section: PerimeterSection, { perimeterEvidence }: PerimeterStackOptions = {}) {
    super(scope, stackId(environment, 'perimeter'), stackProps(environment));
    this.checkEvidence(environment, perimeterEvidence);
    const definition = definePerimeter(environment)!;
    const services = new ProjectServices(this, 'Services', { services: [ACCESS, LOGGING, MONITORING] });

    const policy = this.policy(environment, section);
    const levels = Object.entries(section.accessLevels).map(([name, level]) => this.level(name, level, policy));
    const byName = new Map(levels.map((level) => [level.levelName, level]));
    for (const level of levels) {
      const required = requiredLevels(section.accessLevels[level.levelName]!).flatMap((name) => byName.get(name) ?? []);
      if (required.length > 0) level.node.addDependency(...required);
    }

    this.perimeter = new ServicePerimeter(this, 'Perimeter', {
      policy,
      name: definition.name,
      description: `Around ${environment.project.id}`,
      mode: modeOf(definition),
      ingressPolicies: definition.book.ingress,
      egressPolicies: definition.book.egress,
      accessLevels: levels,
      surroundings: surroundingsOf(environment, section),
    });
    const bridges = Object.entries(definition.bridges).map(([name, projects]) => {
      const bridge = new PerimeterBridge(this, `bridge ${name}`, { policy, name, projects, dryRun: definition.mode === 'dry-run' });
      // A bridge joins projects that are in perimeters already.
      bridge.node.addDependency(this.perimeter);
      return bridge;
    });
    for (const construct of [...levels, this.perimeter, ...bridges]) construct.node.addDependency(...services.of(ACCESS));

    const alerts = new ViolationAlerts(this, 'Alerts', {
      name: `${environment.name}-perimeter`,
      projectId: environment.project.id,
      notificationChannels: section.notificationChannels,
      runbook: `\`npm run perimeter -- report ${environment.name} --log FILE\` says who, what, and which policy would allow it.`,
    });
    alerts.node.addDependency(...services.of(LOGGING, MONITORING));
    this.advise(environment);
  }

  private checkEvidence(environment: Environment, evidence: Evidence | undefined): void {
    if (!traitsOf(environment).perimeterNeedsEvidence) return;
    const missing = withoutEvidence(environment, evidence);
    if (missing.length === 0) return;
    throw new ValidationError(
      this,
      missing.map(
        (sentence) =>
          `a ${environment.tier} perimeter is not enforced before it was tried. ${sentence} Until then, write perimeter.mode: dry-run in environments/${environment.name}.yaml.`,
      ),
    );
  }

  private policy({ project }: Environment, { accessPolicy }: PerimeterSection): AccessPolicyReference {
    if (accessPolicy.source === 'existing') return AccessPolicy.fromNumber(accessPolicy.number);
    const { organization, title, scope } = accessPolicy;
    return new AccessPolicy(this, 'Policy', { organization, title, scope: scope === 'project' ? `projects/${project.number}` : undefined });
  }

  private level(name: string, level: PerimeterSection['accessLevels'][string], policy: AccessPolicyReference): AccessLevel {
    const description = level.description === undefined ? undefined : literal(level.description);
    if (level.kind === 'expression')
      return new AccessLevel(this, `level ${name}`, { policy, name, description, expression: level.expression });
    return new AccessLevel(this, `level ${name}`, { policy, name, description, conditions: level.conditions, combine: level.combine });
  }

  private advise({ images }: Environment): void {
    for (const name of Object.keys(images.remotes)) {
      Annotations.of(this).addWarning(
        `images.remotes.${name}: inside a perimeter, a cache reaches its upstream only where Artifact Registry is told to allow that, which the ` +
          'provider cannot say yet: gcloud artifacts vpcsc-config allow. Or copy the images into a repository of your own.',
      );
    }
  }
}

const requiredLevels = (level: PerimeterSection['accessLevels'][string]): string[] =>
  level.kind === 'conditions' ? level.conditions.flatMap(({ levels = [] }) => levels) : [];

function modeOf({ mode, config, candidate }: PerimeterDefinition): PerimeterMode {
  switch (mode) {
    case 'dry-run':
      return PerimeterMode.dryRun(config);
    case 'enforced':
      return PerimeterMode.enforced(config);
    case 'enforced-with-candidate':
      return PerimeterMode.enforcedWithCandidate(config, candidate!);
    case 'retiring':
      return PerimeterMode.retiring(config);
  }
}

/** What the other stacks of the environment make, by value. */
function surroundingsOf(environment: Environment, { deployment, sharedVpcHost }: PerimeterSection): Surroundings {
  const { project, encryption, endpoints } = environment;
  return {
    deployment: whoDeploys(environment, deployment),
    sharedVpcHost,
    registryProjects: [project.number],
    keyProjects: encryption ? [project.number] : [],
    endpoints: Object.entries(endpoints).map(([name, { network }]) => ({ name, dedicatedPublic: network.mode === 'dedicated-public' })),
    googleAccess: { addresses: RESTRICTED_VIP_ADDRESSES, routes: [RESTRICTED_VIP] },
  };
}

/** Whoever is named; else the identities of the pipeline, which the job chooses between. */
function whoDeploys(environment: Environment, deployment: PerimeterSection['deployment']): Surroundings['deployment'] {
  const identity = deployment.identity ?? environment.deployAs;
  if (identity !== undefined) return { ...deployment, identity };
  if (environment.identity.deploy === undefined) return undefined;
  return { ...deployment, identity: deployerEmail(environment), planIdentity: viewerEmail(environment) };
}
