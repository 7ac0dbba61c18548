import type { EgressPolicies, IngressPolicies } from './policies';

/** One configuration of a perimeter: what it enforces, or what it tries. Policies and access levels are named, not repeated. */
export interface PerimeterSettings {
  /** Numbers of the projects inside; a project's ID means nothing here. */
  readonly projects: readonly string[];
  /** Services that do not cross the boundary, e.g. `GATEWAY_SERVICES`, `ALL_SUPPORTED_SERVICES`, or some of the latter. */
  readonly restrictedServices: readonly string[];
  /**
   * Services that networks inside may reach.
   * @default `restricted`, the restricted ones
   */
  readonly vpcAccessibleServices?: 'restricted' | 'any' | readonly string[];
  /**
   * Names of access levels: who meets one may call everything inside from outside.
   * @default none
   */
  readonly accessLevels?: readonly string[];
  /**
   * Names of ingress policies.
   * @default none
   */
  readonly ingress?: readonly string[];
  /**
   * Names of egress policies.
   * @default none
   */
  readonly egress?: readonly string[];
}

/** The policies that configurations of one perimeter choose from. */
export interface PolicyBook {
  /** Policies for what comes in, by title. */
  readonly ingress: IngressPolicies;
  /** Policies for what goes out, by title. */
  readonly egress: EgressPolicies;
}

/** A configuration with its policies looked up: what an evaluation works on. */
export interface PerimeterConfiguration {
  /** Numbers of the projects inside. */
  readonly projects: readonly string[];
  /** Services that nobody reaches across the boundary. */
  readonly restrictedServices: readonly string[];
  /**
   * Services that networks inside reach.
   * @default every service
   */
  readonly accessibleServices?: readonly string[];
  /** Names of access levels that let in. */
  readonly accessLevels: readonly string[];
  /** Policies for what comes in, by title. */
  readonly ingress: IngressPolicies;
  /** Policies for what goes out, by title. */
  readonly egress: EgressPolicies;
}

const chosen = <T>(names: readonly string[] | undefined, from: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries((names ?? []).flatMap((name) => (Object.hasOwn(from, name) ? [[name, from[name]!]] : [])));

/** Names that the book does not have are left out: `checkSettings` reports them. */
export function resolve(settings: PerimeterSettings, book: PolicyBook): PerimeterConfiguration {
  const accessible = settings.vpcAccessibleServices ?? 'restricted';
  return {
    projects: settings.projects,
    restrictedServices: settings.restrictedServices,
    accessibleServices: accessible === 'any' ? undefined : accessible === 'restricted' ? settings.restrictedServices : accessible,
    accessLevels: settings.accessLevels ?? [],
    ingress: chosen(settings.ingress, book.ingress),
    egress: chosen(settings.egress, book.egress),
  };
}
