import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import {
  type EcrRegistry,
  ImagePromotion,
  PrivateRegistry,
  PullThroughCache,
  type RepositorySettings,
  TagMutability,
  Upstream,
  UpstreamCredentials,
} from '../constructs/pull-through-cache';
import { cacheTokenVariable } from './names';
import { traitsOf } from './tier';

type Settings = NonNullable<Environment['registry']>;
type Cache = Settings['caches'][string];
type Repositories = Pick<Settings['promotions'][string], 'tags' | 'except' | 'expireUntaggedAfterDays' | 'keepImages'>;

/** The caches and promotions that an environment file lists under `registry`, and who pulls from them. */
export class EnvironmentCaches extends Construct {
  readonly caches: readonly PullThroughCache[];
  /** By prefix. */
  readonly promotions: Readonly<Record<string, ImagePromotion>>;

  constructor(
    scope: Construct,
    id: string,
    registry: EcrRegistry,
    private readonly environment: Environment,
    private readonly settings: Settings,
  ) {
    super(scope, id);
    const caches = Object.entries(settings.caches).map(([prefix, cache]) => {
      const upstream = this.upstream(prefix, cache, registry);
      return new PullThroughCache(this, constructId(prefix), {
        registry,
        prefix,
        upstream,
        repositories: this.repositories(cache, 'mutable'),
      });
    });
    const promotions = Object.entries(settings.promotions).map(([prefix, promotion]) => {
      const { by, from } = promotion;
      const repositories = this.repositories(promotion, 'immutable');
      const props = { registry, prefix, by, from: registryOf(from), repositories };
      return [prefix, new ImagePromotion(this, constructId(prefix), props)] as const;
    });
    for (const { principal, firstPull } of Object.values(settings.pullers)) {
      for (const source of [...caches, ...promotions.map(([, promotion]) => promotion)]) source.grantPull(principal, { firstPull });
    }
    this.caches = caches;
    this.promotions = Object.fromEntries(promotions);
  }

  private upstream(prefix: string, cache: Cache, { location }: EcrRegistry): Upstream {
    switch (cache.upstream) {
      case 'docker-hub':
        return Upstream.dockerHub(this.credentials(prefix, cache.credentials));
      case 'github':
        return Upstream.gitHub(this.credentials(prefix, cache.credentials));
      case 'gitlab':
        return Upstream.gitLab(this.credentials(prefix, cache.credentials));
      case 'chainguard':
        return Upstream.chainguard(this.credentials(prefix, cache.credentials));
      case 'azure':
        return Upstream.azure(cache.registryName, this.credentials(prefix, cache.credentials));
      case 'ecr-public':
        return Upstream.ecrPublic();
      case 'kubernetes':
        return Upstream.kubernetes();
      case 'quay':
        return Upstream.quay();
      case 'ecr': {
        const make = cache.from.accountId === location.accountId ? Upstream.otherRegion : Upstream.otherAccount;
        return make(registryOf(cache.from), { repositoryPrefix: cache.repositoryPrefix });
      }
    }
  }

  private credentials(prefix: string, given: Extract<Cache, { credentials: unknown }>['credentials']): UpstreamCredentials {
    if (given.source === 'existing') return UpstreamCredentials.existingSecret(given.secretArn);
    const { username, version } = given;
    return UpstreamCredentials.fromVariable({
      username,
      version,
      variable: cacheTokenVariable(this.environment, prefix),
      // What is not protected can be taken down and set up again at once, under the same name.
      recoveryDays: traitsOf(this.environment).protectsData ? 30 : 0,
    });
  }

  private repositories(given: Repositories, usual: 'mutable' | 'immutable'): RepositorySettings {
    const { tags = usual, except, expireUntaggedAfterDays, keepImages } = given;
    const [always, but] =
      tags === 'mutable' ? [TagMutability.mutable, TagMutability.mutableExcept] : [TagMutability.immutable, TagMutability.immutableExcept];
    return {
      tagMutability: except === undefined ? always : but(...except),
      expireUntaggedAfterDays,
      keepImages,
      encryptionKey: this.settings.encryptionKey,
      tags: { environment: this.environment.name, ...this.environment.labels },
    };
  }
}

/** An id has no slash: that is what paths are made of. */
const constructId = (prefix: string): string => prefix.replaceAll('/', '+');

const registryOf = ({ accountId, region }: Settings['trustedRegistries'][number]): PrivateRegistry =>
  new PrivateRegistry(accountId, region);
