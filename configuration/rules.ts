import { ENDPOINT_RULES } from './endpoint-rules';
import { GATEWAY_ACCESS_RULES } from './gateway-access-rules';
import { GATEWAY_DATABASE_RULES } from './gateway-database-rules';
import { GATEWAY_FRONT_DOOR_RULES } from './gateway-front-door-rules';
import { GATEWAY_MODELS_RULES } from './gateway-models-rules';
import { GATEWAY_SERVICE_RULES } from './gateway-service-rules';
import { IDENTITY_RULES } from './identity-rules';
import { PERIMETER_RULES } from './perimeter-rules';
import { overlap, rangeOf } from './ranges';
import { POLICY_RULES } from './policy-rules';
import { REGISTRY_RULES } from './registry-rules';
import type { EnvironmentSettings } from './schema';

/** What is wrong between several settings, found at one of them. */
export interface Finding {
  readonly path: readonly string[];
  readonly message: string;
  readonly help: string;
}

/** The sections of an environment that are valid by themselves: a rule says nothing where one that it needs is not. */
export type Sections = Partial<EnvironmentSettings>;

/** What must hold between settings. Each rule says why, and what to do. */
export const RULES: readonly ((sections: Sections) => Finding[])[] = [
  ...ENDPOINT_RULES,
  ...PERIMETER_RULES,
  ...IDENTITY_RULES,
  ...GATEWAY_SERVICE_RULES,
  ...GATEWAY_MODELS_RULES,
  ...GATEWAY_ACCESS_RULES,
  ...GATEWAY_DATABASE_RULES,
  ...GATEWAY_FRONT_DOOR_RULES,
  ...REGISTRY_RULES,
  ...POLICY_RULES,
  function productionHasNoPublicUpstreams({ tier, images }) {
    if (tier !== 'production' || !images) return [];
    return Object.entries(images.remotes).map(([name, { upstream }]) => ({
      path: ['images', 'remotes', name],
      message: `the production tier does not pull from ${upstream}: what is replaced or deleted there would reach production unseen`,
      help: 'Remove it, and copy the images that you need into a repository under images.repositories.',
    }));
  },

  function productionTagsAreImmutable({ tier, images }) {
    if (tier !== 'production' || !images) return [];
    return Object.entries(images.repositories)
      .filter(([, { immutableTags }]) => !immutableTags)
      .map(([name]) => ({
        path: ['images', 'repositories', name, 'immutableTags'],
        message: 'tags are immutable in the production tier: a rollback must find the image that it names',
        help: 'Remove the line, or write true.',
      }));
  },

  function repositoriesHaveOneKind({ images }) {
    return Object.keys(images?.remotes ?? {})
      .filter((name) => images?.repositories[name] !== undefined)
      .map((name) => ({
        path: ['images', 'remotes', name],
        message: `${name} is also under images.repositories: the two would be one repository`,
        help: 'Rename one of them.',
      }));
  },

  function productionStateIsShared({ tier, state }) {
    if (tier !== 'production' || state?.backend !== 'local') return [];
    return [
      {
        path: ['state', 'backend'],
        message: 'the production tier does not keep its state on one machine: it would be lost, or applied by two people at once',
        help: 'Write backend: gcs, with a bucket that keeps versions.',
      },
    ];
  },

  function rangesDoNotOverlap({ network }) {
    if (network?.privateServicesAccess === undefined) return [];
    if (!overlap(rangeOf(network.subnet), rangeOf(network.privateServicesAccess))) return [];
    return [
      {
        path: ['network', 'privateServicesAccess'],
        message: `${network.privateServicesAccess} overlaps with the subnet ${network.subnet}: addresses in both could not be routed`,
        help: 'Choose a range outside the subnet.',
      },
    ];
  },

  function versionsAreWrittenByTerraform({ secrets }) {
    return Object.entries(secrets ?? {})
      .filter(([, secret]) => secret.source === 'provided' && secret.value === 'by-hand' && secret.version !== 1)
      .map(([name]) => ({
        path: ['secrets', name, 'version'],
        message: 'has no effect with value: by-hand, where whoever adds a version with gcloud decides about it',
        help: 'Remove it, or write value: variable.',
      }));
  },

  function deployRoleIsInTheAccount({ aws }) {
    const account = aws?.deployRole?.split(':')[4];
    if (!aws || account === undefined || account === aws.accountId) return [];
    return [
      {
        path: ['aws', 'deployRole'],
        message: `the role is in the account ${account}, but aws.accountId is ${aws.accountId}: Terraform would refuse every resource`,
        help: 'Correct one of the two.',
      },
    ];
  },
];
