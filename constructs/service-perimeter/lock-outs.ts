import type { Checks } from '../core';
import { isCloudRunCall, judge } from './evaluation';
import { ALL, type IngressPolicy } from './policies';
import { CLOUD_RUN_CALL } from './services';
import { type PerimeterConfiguration, type PerimeterSettings, type PolicyBook, resolve } from './settings';

/** Who deploys, and from where. */
export interface Deployment {
  /** E-mail of the service account that Terraform works as. */
  readonly identity: string;
  /**
   * E-mail of the one that plans, where that is another.
   * @default `identity` plans too
   */
  readonly planIdentity?: string;
  /**
   * Number of the project that Terraform runs in.
   * @default outside Google Cloud
   */
  readonly project?: string;
  /**
   * Access levels that the machine meets.
   * @default none
   */
  readonly accessLevels?: readonly string[];
  /**
   * Number of the project that owns the state bucket.
   * @default not known, and then only what enters is checked
   */
  readonly stateProject?: string;
}

/**
 * Facts about what stands around a perimeter, and would be locked out, or in, by it. They are values: what owns them is elsewhere.
 */
export interface Surroundings {
  /**
   * Who changes the perimeter. It is needed before anything is enforced.
   * @default nobody
   */
  readonly deployment?: Deployment;
  /**
   * Number of the host project, where the projects inside use a Shared VPC.
   * @default none
   */
  readonly sharedVpcHost?: string;
  /**
   * Numbers of the projects that own image registries.
   * @default none
   */
  readonly registryProjects?: readonly string[];
  /**
   * Numbers of the projects that own the key rings.
   * @default none
   */
  readonly keyProjects?: readonly string[];
  /**
   * Endpoints with models.
   * @default none
   */
  readonly endpoints?: readonly {
    /** Of the endpoint. */
    readonly name: string;
    /** It has a host name of its own on the internet. */
    readonly dedicatedPublic: boolean;
  }[];
  /**
   * How networks inside reach Google: addresses that the APIs resolve to, and ranges that are routed there.
   * @default not looked at
   */
  readonly googleAccess?: {
    /** What the names of the APIs resolve to. */
    readonly addresses: readonly string[];
    /** Ranges with a route to Google. */
    readonly routes: readonly string[];
  };
  /**
   * Names of access levels that look at who calls.
   * @default none
   */
  readonly levelsWithMembers?: readonly string[];
}

/** https://cloud.google.com/vpc-service-controls/docs/set-up-private-connectivity */
const RESTRICTED_ADDRESS = /^199\.36\.153\.[4-7]$|^2600:2d00:2:1000:/;
const RESTRICTED_ROUTE = /^199\.36\.153\.4\/30$|^2600:2d00:2:1000::\/64$/;

/** What would lock somebody out as soon as the settings are enforced. */
export function checkLockOuts(check: Checks, where: string, settings: PerimeterSettings, book: PolicyBook, around: Surroundings): void {
  const inside = (project: string): boolean => settings.projects.includes(project);
  const { sharedVpcHost, registryProjects = [], keyProjects = [], endpoints = [], googleAccess } = around;
  check.that(
    () => sharedVpcHost === undefined || inside(sharedVpcHost),
    `\`${where}.projects\` leaves out the Shared VPC host ${sharedVpcHost}: services of projects whose network is outside are blocked. Add it.`,
  );
  for (const project of registryProjects.filter((each) => !inside(each))) {
    check.add(
      `\`${where}.projects\` leaves out ${project}, which owns the image registry: Cloud Run pulls images only from inside its own perimeter. Add it.`,
    );
  }
  for (const project of keyProjects.filter((each) => !inside(each))) {
    check.add(
      `\`${where}.projects\` leaves out ${project}, which owns the key ring: what a key outside encrypts cannot be read any more. Add it, or bridge the two.`,
    );
  }
  for (const { name } of endpoints.filter(({ dedicatedPublic }) => dedicatedPublic)) {
    check.add(
      `the endpoint ${name} is a dedicated public one, which does not support VPC Service Controls and would not answer. ` +
        'Use Private Service Connect.',
    );
  }
  for (const address of (googleAccess?.addresses ?? []).filter((each) => !RESTRICTED_ADDRESS.test(each))) {
    check.add(
      `the network resolves Google's APIs to ${address}, which is not the restricted VIP (199.36.153.4/30): what goes there passes ` +
        'by the perimeter or fails in it. Resolve them to restricted.googleapis.com.',
    );
  }
  for (const route of googleAccess ? missingRoutes(googleAccess.routes) : []) {
    check.add(`the network has no route to the restricted VIP ${route}: from inside, no restricted service could be reached. Add one.`);
  }
  checkCloudRun(check, where, settings, book, around.levelsWithMembers ?? []);
  checkDeployment(check, where, resolve(settings, book), around.deployment);
}

const missingRoutes = (routes: readonly string[]): string[] =>
  routes.some((route) => RESTRICTED_ROUTE.test(route)) ? [] : ['199.36.153.4/30'];

/** The perimeter is evaluated as Google would, for each service that Terraform has to reach. */
function checkDeployment(check: Checks, where: string, configuration: PerimeterConfiguration, deployment: Deployment | undefined): void {
  if (!deployment) {
    check.add(
      `\`${where}\` would be enforced without a deploy identity that is known to get in: the next plan would fail with 403, and ` +
        'so would the one that takes the perimeter away. Give the identity that deploys, and an ingress policy for it.',
    );
    return;
  }
  const { identity, planIdentity } = deployment;
  checkIdentity(check, where, configuration, deployment, identity, 'deploys');
  if (planIdentity !== undefined && planIdentity !== identity)
    checkIdentity(check, where, configuration, deployment, planIdentity, 'plans');
}

function checkIdentity(
  check: Checks,
  where: string,
  configuration: PerimeterConfiguration,
  { project, accessLevels, stateProject }: Deployment,
  identity: string,
  does: string,
): void {
  const request = { principal: `serviceAccount:${identity}`, source: { project, accessLevels } };
  const refused = configuration.restrictedServices.filter((service) =>
    configuration.projects.some((target) => !judge(configuration, { ...request, service, resources: [target] }).allowed),
  );
  check.that(
    () => refused.length === 0,
    `\`${where}\` would lock out ${identity}, which ${does}: ${some(refused)} would answer 403 to the next plan. Add an ingress ` +
      `policy with the identity serviceAccount:${identity}, from where it runs, to the projects \`*\` and the operations \`"*": {}\`.`,
  );
  if (stateProject === undefined) return;
  const state = judge(configuration, {
    ...request,
    service: 'storage.googleapis.com',
    method: 'google.storage.objects.get',
    resources: [stateProject],
  });
  check.that(
    () => state.allowed,
    `\`${where}\` would lock ${identity} out of the state bucket in project ${stateProject} (${state.rule}): no plan, and no way back. ` +
      'Add a policy for storage.googleapis.com, or take the project inside.',
  );
}

const some = (services: readonly string[]): string =>
  services.length <= 3 ? services.join(', ') : `${services.slice(0, 3).join(', ')} and ${services.length - 3} more`;

/** Calls of Cloud Run services are checked before Google knows who calls, so whoever is named is not matched. */
function checkCloudRun(
  check: Checks,
  where: string,
  settings: PerimeterSettings,
  book: PolicyBook,
  levelsWithMembers: readonly string[],
): void {
  for (const name of settings.ingress ?? []) {
    const policy = book.ingress[name];
    if (!policy || !isForCloudRunCalls(policy)) continue;
    check.that(
      () => policy.from.identityType === 'any',
      `\`${where}.ingress\`: ${name} admits named callers to Cloud Run, which ignores who calls when it checks a perimeter: nobody would get in. ` +
        'Write `identityType: any`, restrict the sources, and leave who may call to IAM.',
    );
    const blind = (policy.from.accessLevels ?? []).filter((level) => levelsWithMembers.includes(level));
    check.that(
      () => blind.length === 0,
      `\`${where}.ingress\`: ${name} admits callers to Cloud Run by the access level ${blind.join(', ')}, which has members: who calls is not ` +
        'known there, so nobody meets it. Use a level of addresses, regions or networks.',
    );
  }
}

/** A policy for every service is not meant for these calls, whatever else it lets in. */
function isForCloudRunCalls({ to }: IngressPolicy): boolean {
  const selectors = to.operations?.[CLOUD_RUN_CALL.service];
  if (!selectors) return false;
  const { methods = [], permissions = [] } = selectors;
  return (
    methods.length + permissions.length === 0 ||
    methods.some((method) => method === ALL || isCloudRunCall({ service: CLOUD_RUN_CALL.service, method }))
  );
}
