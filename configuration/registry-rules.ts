import type { Finding, Sections } from './rules';

const UNSUPPORTED_REGIONS = ['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'];
/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const MAX_CACHES = 50;

type Registry = NonNullable<Sections['registry']>;
type Cache = Registry['caches'][string];
type Place = Registry['trustedRegistries'][number];

const same = (one: Place, other: Place): boolean => one.accountId === other.accountId && one.region === other.region;
const named = ({ accountId, region }: Place): string => `${accountId} in ${region}`;

/** Every registry that images come from, and where the file says so. */
const sources = ({ caches, promotions }: Registry): (readonly [path: readonly string[], place: Place])[] => [
  ...Object.entries(caches).flatMap(([prefix, cache]) =>
    cache.upstream === 'ecr' ? [[['registry', 'caches', prefix, 'from'], cache.from] as const] : [],
  ),
  ...Object.entries(promotions).map(([prefix, { from }]) => [['registry', 'promotions', prefix, 'from'], from] as const),
];

const cachesOf = (registry: Registry | undefined): [prefix: string, cache: Cache][] => Object.entries(registry?.caches ?? {});

/** What must hold for the ECR registry; each rule says why, and what to do. */
export const REGISTRY_RULES: readonly ((sections: Sections) => Finding[])[] = [
  function registryNeedsAnAccount(sections) {
    // A section that is not valid is not among them: that is told already.
    if (sections.registry === undefined || !('aws' in sections) || sections.aws !== undefined) return [];
    return [{ path: ['registry'], message: 'needs an AWS account', help: 'Say which under aws, with accountId and region, or remove it.' }];
  },

  function productionHasNoPublicCaches({ tier, registry }) {
    if (tier !== 'production') return [];
    return cachesOf(registry)
      .filter(([, { upstream }]) => upstream !== 'ecr')
      .map(([prefix, { upstream }]) => ({
        path: ['registry', 'caches', prefix],
        message: `the production tier does not pull from ${upstream}: what is replaced or deleted there would reach production unseen`,
        help: 'Remove it, and let approved images come from a registry of your own, under registry.promotions.',
      }));
  },

  function productionTrustsItsSources({ tier, registry }) {
    if (tier !== 'production' || !registry) return [];
    return sources(registry)
      .filter(([, place]) => !registry.trustedRegistries.some((trusted) => same(trusted, place)))
      .map(([path, place]) => ({
        path,
        message: `the production tier takes images from trusted registries only, and ${named(place)} is none of them`,
        help: 'Add it to registry.trustedRegistries, if somebody looks at what gets there, or name another.',
      }));
  },

  function productionOpensNoWholeRegistry({ tier, registry }) {
    if (tier !== 'production') return [];
    return cachesOf(registry).flatMap(([prefix, cache]) =>
      [
        ...(prefix === 'ROOT' ? [['registry', 'caches', prefix]] : []),
        ...(cache.upstream === 'ecr' && cache.repositoryPrefix === 'ROOT' ? [['registry', 'caches', prefix, 'repositoryPrefix']] : []),
      ].map((path) => ({
        path,
        message: 'ROOT stands for every repository, caches of public registries included: not in the production tier',
        help: 'Name the prefix of the approved images.',
      })),
    );
  },

  function rootMeetsRoot({ registry }) {
    return cachesOf(registry)
      .filter(([prefix, cache]) => prefix === 'ROOT' && cache.upstream === 'ecr' && cache.repositoryPrefix !== 'ROOT')
      .map(([prefix]) => ({
        path: ['registry', 'caches', prefix, 'repositoryPrefix'],
        message: "with the prefix ROOT the upstream's prefix must be ROOT too",
        help: 'Write ROOT, or give the cache a prefix of its own.',
      }));
  },

  function promotionsHaveAPrefix({ registry }) {
    return Object.keys(registry?.promotions ?? {})
      .filter((prefix) => prefix === 'ROOT' || prefix in registry!.caches)
      .map((prefix) => ({
        path: ['registry', 'promotions', prefix],
        message: prefix === 'ROOT' ? 'ROOT would promote every repository' : `${prefix} is a cache already: the two would be one`,
        help: prefix === 'ROOT' ? 'Name the prefix of the approved images.' : 'Rename one of them.',
      }));
  },

  function registriesAreNotTheirOwnSource({ registry, aws }) {
    if (!registry || !aws) return [];
    return sources(registry)
      .filter(([, place]) => same(place, aws))
      .map(([path, place]) => ({
        path,
        message: `${named(place)} is this environment's own registry (aws)`,
        help: 'Name the registry that the images come from.',
      }));
  },

  function replicationsGoElsewhere({ registry, aws }) {
    if (!aws) return [];
    return (registry?.replications ?? []).flatMap(({ to }, rule) =>
      to.flatMap((place, index) => {
        if (!same(place, aws)) return [];
        const path = ['registry', 'replications', String(rule), 'to', String(index)];
        return [{ path, message: `${named(place)} is this environment's own registry (aws)`, help: 'Remove it.' }];
      }),
    );
  },

  function cachesExistInTheRegion({ registry, aws }) {
    if (!registry || !aws || !UNSUPPORTED_REGIONS.includes(aws.region)) return [];
    const caches = [
      ...Object.keys(registry.caches).map((prefix) => ['registry', 'caches', prefix]),
      ...Object.entries(registry.promotions).flatMap(([prefix, { by }]) =>
        by === 'cache' ? [['registry', 'promotions', prefix, 'by']] : [],
      ),
    ];
    return caches.map((path) => ({
      path,
      message: `ECR has no pull-through caches in ${aws.region}`,
      help: 'Write another region under aws, or let the images come by replication.',
    }));
  },

  function cachesFitTheQuota({ registry }) {
    const caches = cachesOf(registry).length + Object.values(registry?.promotions ?? {}).filter(({ by }) => by === 'cache').length;
    if (caches <= MAX_CACHES) return [];
    return [
      {
        path: ['registry', 'caches'],
        message: `there are ${caches} caches, and AWS allows ${MAX_CACHES} in an account and region, which nobody can raise`,
        help: 'Remove some, or give an environment another account.',
      },
    ];
  },

  function secretsAreBesideTheCache({ registry, aws }) {
    if (!aws) return [];
    return cachesOf(registry).flatMap(([prefix, cache]) => {
      if (!('credentials' in cache) || cache.credentials.source !== 'existing') return [];
      const [, , , region = '', accountId = ''] = cache.credentials.secretArn.split(':');
      if (same({ region, accountId }, aws)) return [];
      return [
        {
          path: ['registry', 'caches', prefix, 'credentials', 'secretArn'],
          message: `the secret is in ${named({ region, accountId })}, but the cache in ${named(aws)}: ECR reads no secret elsewhere`,
          help: 'Name a secret of the account and region under aws.',
        },
      ];
    });
  },

  function keysAreInTheRegion({ registry, aws }) {
    const region = registry?.encryptionKey?.split(':')[3];
    if (!aws || region === undefined || region === aws.region) return [];
    return [
      {
        path: ['registry', 'encryptionKey'],
        message: `the key is in ${region}, but the registry in ${aws.region}`,
        help: 'Name a key of the region under aws.',
      },
    ];
  },

  function firstPullsAreTheAccountsOwn({ registry, aws }) {
    if (!aws) return [];
    return Object.entries(registry?.pullers ?? {})
      .filter(([, { principal, firstPull }]) => firstPull && principal.split(':')[4] !== aws.accountId)
      .map(([name]) => ({
        path: ['registry', 'pullers', name],
        message: `ECR makes repositories only for principals of the registry's own account, ${aws.accountId}`,
        help: 'Write firstPull: false, and let somebody of that account pull first.',
      }));
  },
];
