import { ALL, type Callers, type EgressPolicy, type IngressPolicy, type PolicyTo } from './policies';
import { CLOUD_RUN_CALL } from './services';
import type { PerimeterConfiguration } from './settings';

/** Where a request comes from. */
export interface RequestSource {
  /**
   * Number of the Google Cloud project of the network or resource that calls.
   * @default none: the internet
   */
  readonly project?: string;
  /**
   * `projects/P/global/networks/N`, where the request comes out of a VPC network.
   * @default none
   */
  readonly network?: string;
  /**
   * Names of the access levels that the caller meets.
   * @default none
   */
  readonly accessLevels?: readonly string[];
  /**
   * The calling project is in another perimeter: the access levels of this one do not apply to it, its policies do.
   * @default false
   */
  readonly inAnotherPerimeter?: boolean;
}

export interface PerimeterRequest {
  /**
   * `user:`, `serviceAccount:` or `principal:` member.
   * @default nobody in particular
   */
  readonly principal?: string;
  /**
   * Groups and principal sets that the principal belongs to.
   * @default none
   */
  readonly memberOf?: readonly string[];
  /**
   * IAM roles by which the principal may do this.
   * @default not known, and no policy by role matches
   */
  readonly roles?: readonly string[];
  /** Where it comes from. */
  readonly source: RequestSource;
  /** Service that is called, e.g. `storage.googleapis.com`. */
  readonly service: string;
  /**
   * Method that is called, e.g. `google.storage.objects.get`.
   * @default not known
   */
  readonly method?: string;
  /**
   * Permission that it takes, e.g. `bigquery.jobs.create`.
   * @default not known
   */
  readonly permission?: string;
  /** Numbers of the projects that own what is asked for, and resources of other clouds. */
  readonly resources: readonly string[];
}

/** What one configuration says of a request, and why. */
export interface Verdict {
  /** Whether this configuration lets it through. */
  readonly allowed: boolean;
  /** The rule that decided, in words: `ingress policy deployer`, `access level office`, `egress: no policy for project 123`. */
  readonly rule: string;
}

export interface Evaluated {
  /** What happens to the request, and what the dry run logs. */
  readonly outcome: 'allowed' | 'denied' | 'would be denied';
  /** Of the pass that decided. */
  readonly rule: string;
  /** What the enforced configuration says. */
  readonly enforced: Verdict;
  /** What the dry run says. */
  readonly tried: Verdict;
}

export interface EvaluatedPerimeter {
  /**
   * What is enforced.
   * @default nothing
   */
  readonly enforced?: PerimeterConfiguration;
  /**
   * What the dry run evaluates; the same as `enforced` where it is inherited.
   * @default no perimeter
   */
  readonly tried?: PerimeterConfiguration;
  /**
   * Numbers of the projects of each bridge.
   * @default none
   */
  readonly bridges?: readonly (readonly string[])[];
}

/** Both passes. A request that is denied already is not tried: the dry run logs only what it would deny in addition. */
export function evaluate(perimeter: EvaluatedPerimeter, request: PerimeterRequest): Evaluated {
  const pass = (configuration: PerimeterConfiguration | undefined) => judge(configuration, request, perimeter.bridges ?? []);
  const [enforced, tried] = [pass(perimeter.enforced), pass(perimeter.tried)];
  const outcome = !enforced.allowed ? 'denied' : tried.allowed ? 'allowed' : 'would be denied';
  return { outcome, rule: outcome === 'would be denied' ? tried.rule : enforced.rule, enforced, tried };
}

const allow = (rule: string): Verdict => ({ allowed: true, rule });
const deny = (rule: string): Verdict => ({ allowed: false, rule });

/** One pass: what the configuration says of the request. */
export function judge(
  configuration: PerimeterConfiguration | undefined,
  request: PerimeterRequest,
  bridges: readonly (readonly string[])[] = [],
): Verdict {
  if (!configuration) return allow('no perimeter');
  const { source, service, resources } = request;
  const inside = (project: string): boolean => configuration.projects.includes(project);
  const fromInside = source.project !== undefined && inside(source.project);
  if (fromInside && source.network !== undefined && configuration.accessibleServices?.includes(service) === false) {
    return deny(`${service} is not accessible from networks inside`);
  }
  if (!configuration.restrictedServices.includes(service)) return allow(`${service} is not restricted`);

  const bridged = (project: string): boolean =>
    source.project !== undefined && bridges.some((bridge) => bridge.includes(source.project!) && bridge.includes(project));
  const within = resources.filter(inside);
  const beyond = resources.filter((resource) => !inside(resource));
  if (!fromInside && within.length === 0) return allow('nothing inside is involved');

  const entering = fromInside ? [] : within.filter((project) => !bridged(project));
  const verdicts = [
    ...entering.map((project) => enters(configuration, request, project)),
    ...beyond.filter((resource) => !bridged(resource)).map((resource) => leaves(configuration, request, resource)),
  ];
  const crossesABridge = resources.some(bridged);
  return verdicts.find(({ allowed }) => !allowed) ?? verdicts[0] ?? allow(crossesABridge ? 'bridge' : 'inside the perimeter');
}

function enters(configuration: PerimeterConfiguration, request: PerimeterRequest, project: string): Verdict {
  const { accessLevels = [], inAnotherPerimeter } = request.source;
  const level = inAnotherPerimeter ? undefined : configuration.accessLevels.find((name) => accessLevels.includes(name));
  if (level !== undefined) return allow(`access level ${level}`);
  const found = Object.entries(configuration.ingress).find(([, policy]) => admits(policy, request, project));
  return found ? allow(`ingress policy ${found[0]}`) : deny(`ingress: no policy or access level for project ${project}`);
}

function leaves(configuration: PerimeterConfiguration, request: PerimeterRequest, resource: string): Verdict {
  const found = Object.entries(configuration.egress).find(([, policy]) => releases(policy, request, resource));
  return found ? allow(`egress policy ${found[0]}`) : deny(`egress: no policy for ${/^\d+$/.test(resource) ? 'project ' : ''}${resource}`);
}

/** Whether an ingress policy lets the request in, to a project. */
export function admits({ from, to }: IngressPolicy, request: PerimeterRequest, project: string): boolean {
  const { accessLevels, project: calling, network } = request.source;
  const fromThere =
    from.anywhere === true ||
    from.accessLevels?.some((level) => accessLevels?.includes(level)) === true ||
    (calling !== undefined && from.projects?.includes(calling) === true) ||
    (network !== undefined && from.networks?.includes(network) === true);
  return fromThere && matchesCaller(from, request) && names(to.projects, project) && permits(to, request);
}

/** Whether an egress policy lets the request out, to a project or a resource of another cloud. */
export function releases({ from, to }: EgressPolicy, request: PerimeterRequest, resource: string): boolean {
  const restricted = (from.accessLevels ?? []).length + (from.projects ?? []).length > 0;
  const { accessLevels, project: calling } = request.source;
  const fromThere =
    !restricted ||
    from.accessLevels?.some((level) => accessLevels?.includes(level)) === true ||
    (calling !== undefined && from.projects?.includes(calling) === true);
  const external = /^[a-z0-9]+:\/\//.test(resource);
  const named = external ? to.externalResources?.includes(resource) === true : names(to.projects, resource);
  return fromThere && matchesCaller(from, request) && named && permits(to, request);
}

const names = (projects: readonly string[], project: string): boolean => projects.includes(ALL) || projects.includes(project);

/** Cloud Run checks the perimeter before it knows who calls: only `any` matches there. */
export const isCloudRunCall = ({ service, method }: Pick<PerimeterRequest, 'service' | 'method'>): boolean =>
  service === CLOUD_RUN_CALL.service && method === CLOUD_RUN_CALL.method;

function matchesCaller({ identities, identityType }: Callers, request: PerimeterRequest): boolean {
  if (identityType === 'any') return true;
  const { principal, memberOf = [] } = request;
  if (isCloudRunCall(request) || principal === undefined) return false;
  if (identityType === 'user') return principal.startsWith('user:');
  if (identityType === 'service-account') return principal.startsWith('serviceAccount:');
  return identities?.some((identity) => identity === principal || memberOf.includes(identity)) === true;
}

function permits({ operations, roles }: PolicyTo, { service, method, permission, roles: held }: PerimeterRequest): boolean {
  if (roles?.some((role) => held?.includes(role))) return true;
  if (!operations) return false;
  const selectors = Object.hasOwn(operations, ALL) ? {} : Object.hasOwn(operations, service) ? operations[service]! : undefined;
  if (!selectors) return false;
  const { methods = [], permissions = [] } = selectors;
  if (methods.length + permissions.length === 0 || methods.includes(ALL)) return true;
  return (method !== undefined && methods.includes(method)) || (permission !== undefined && permissions.includes(permission));
}
