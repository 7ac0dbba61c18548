import { createHash } from 'node:crypto';
import type { Environment } from '../configuration';
import type { EvaluatedPerimeter } from '../constructs/service-perimeter/evaluation';
import { ALL_SUPPORTED_SERVICES, GATEWAY_SERVICES } from '../constructs/service-perimeter/services';
import { type PerimeterSettings, type PolicyBook, resolve } from '../constructs/service-perimeter/settings';

export type PerimeterSection = NonNullable<Environment['perimeter']>;

/** What an environment file says of its perimeter, with sets of services and the environment's own project filled in. */
export interface PerimeterDefinition {
  /** Short name of the perimeter. */
  readonly name: string;
  readonly mode: PerimeterSection['mode'];
  readonly book: PolicyBook;
  readonly config: PerimeterSettings;
  readonly candidate?: PerimeterSettings;
  readonly accessLevels: PerimeterSection['accessLevels'];
  /** Numbers of the projects of each bridge. */
  readonly bridges: Readonly<Record<string, readonly string[]>>;
  readonly evaluated: EvaluatedPerimeter;
  /** What promotion would enforce, under the key that it has in the file. Undefined: nothing is tried. */
  readonly tried?: 'config' | 'candidate';
}

/** Undefined: the environment has no perimeter. */
export function definePerimeter(environment: Environment): PerimeterDefinition | undefined {
  const { perimeter, project } = environment;
  if (!perimeter) return undefined;
  const { mode, accessLevels, ingressPolicies: ingress, egressPolicies: egress } = perimeter;
  const book: PolicyBook = { ingress, egress };
  const config = settingsOf(perimeter.config, project.number);
  const candidate = perimeter.candidate && settingsOf(perimeter.candidate, project.number);
  const bridges = Object.fromEntries(
    Object.entries(perimeter.bridges).map(([name, { projects }]) => [name, [...new Set([project.number, ...projects])]]),
  );
  const tried = mode === 'dry-run' ? 'config' : mode === 'enforced-with-candidate' ? 'candidate' : undefined;
  const enforced = mode === 'dry-run' ? undefined : resolve(config, book);
  const inSpec = { 'dry-run': config, enforced: config, 'enforced-with-candidate': candidate, retiring: undefined }[mode];
  return {
    name: environment.name.replaceAll('-', '_'),
    mode,
    book,
    config,
    candidate,
    accessLevels,
    bridges,
    evaluated: { enforced, tried: inSpec && resolve(inSpec, book), bridges: Object.values(bridges) },
    tried,
  };
}

const SETS = { minimal: GATEWAY_SERVICES, all: ALL_SUPPORTED_SERVICES, listed: [] } as const;

function settingsOf(settings: PerimeterSection['config'], ownProject: string): PerimeterSettings {
  const { services, serviceList, vpcAccessible, vpcAccessibleServices, projects, accessLevels, ingress, egress } = settings;
  return {
    projects: [...new Set([ownProject, ...projects])],
    restrictedServices: [...new Set([...SETS[services], ...serviceList])].sort(),
    vpcAccessibleServices: vpcAccessible === 'listed' ? vpcAccessibleServices : vpcAccessible,
    accessLevels,
    ingress,
    egress,
  };
}

/**
 * A digest of everything that decides what a configuration lets through, in no particular order. What was tried and what is enforced are
 * the same if their fingerprints are.
 */
export function fingerprint({ config, candidate, book, accessLevels }: PerimeterDefinition, which: 'config' | 'candidate'): string {
  const settings = which === 'config' ? config : (candidate ?? config);
  const content = { configuration: resolve(settings, book), accessLevels };
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
