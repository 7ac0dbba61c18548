import type { Access, NoAccess, RoleAccess, SecretAccess, UpstreamCredentials } from './access';
import { type Checks } from '../core';
import { checkCachePrefix } from './prefix';
import { checkRegistry, type PrivateRegistry } from './private-registry';

/** Where in an upstream registry of ECR the images are. */
export interface UpstreamRepositories {
  /** Prefix of the upstream's repositories. `ROOT`: all of them, caches of the public that it has included. */
  readonly repositoryPrefix: string;
}

interface Settings {
  readonly repositoryPrefix?: string;
  readonly registry?: PrivateRegistry;
  readonly publicHost?: string;
  readonly azureName?: string;
}

/**
 * A registry that ECR can cache. There are these and no others: ECR refuses every other URL. What each needs is part of its type.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
export class Upstream<Needs extends Access = Access> {
  /** Docker Hub. Official images are under `library/`. */
  static dockerHub(credentials: UpstreamCredentials): Upstream<SecretAccess> {
    return new Upstream('Docker Hub', 'registry-1.docker.io', secret(credentials), { publicHost: 'docker.io' });
  }

  /** GitHub Container Registry. */
  static gitHub(credentials: UpstreamCredentials): Upstream<SecretAccess> {
    return new Upstream('GitHub', 'ghcr.io', secret(credentials));
  }

  /** GitLab.com, not an installation of one's own. */
  static gitLab(credentials: UpstreamCredentials): Upstream<SecretAccess> {
    return new Upstream('GitLab', 'registry.gitlab.com', secret(credentials));
  }

  /** @param name of the registry, what stands before `.azurecr.io` */
  static azure(name: string, credentials: UpstreamCredentials): Upstream<SecretAccess> {
    return new Upstream('Azure', `${name}.azurecr.io`, secret(credentials), { azureName: name });
  }

  /** Chainguard, with a pull token. */
  static chainguard(credentials: UpstreamCredentials): Upstream<SecretAccess> {
    return new Upstream('Chainguard', 'cgr.dev', secret(credentials));
  }

  /** Public images of Amazon ECR. */
  static ecrPublic(): Upstream<NoAccess> {
    return new Upstream('ECR Public', 'public.ecr.aws', { needs: 'nothing' });
  }

  /** Images of the Kubernetes project. */
  static kubernetes(): Upstream<NoAccess> {
    return new Upstream('Kubernetes', 'registry.k8s.io', { needs: 'nothing' });
  }

  /** Quay.io; public repositories only. */
  static quay(): Upstream<NoAccess> {
    return new Upstream('Quay', 'quay.io', { needs: 'nothing' });
  }

  /** The registry of the same account in another region. */
  static otherRegion(registry: PrivateRegistry, repositories: UpstreamRepositories): Upstream<NoAccess> {
    return new Upstream('ECR, other region', registry.host, { needs: 'nothing' }, { ...repositories, registry });
  }

  /**
   * The same, with a role. AWS's example and its provider's test have none; a note in the user guide asks for one. Try without; ECR takes
   * a role later in place, but gives none back.
   */
  static otherRegionWithRole(registry: PrivateRegistry, repositories: UpstreamRepositories): Upstream<RoleAccess> {
    return new Upstream('ECR, other region', registry.host, { needs: 'role' }, { ...repositories, registry });
  }

  /** The registry of another account. That account must let this one in: see `upstreamStatement` of the cache. */
  static otherAccount(registry: PrivateRegistry, repositories: UpstreamRepositories): Upstream<RoleAccess> {
    return new Upstream('ECR, other account', registry.host, { needs: 'role' }, { ...repositories, registry });
  }

  private constructor(
    /** For messages. */
    readonly title: string,
    /** Host name, as ECR knows the upstream: no scheme. */
    readonly url: string,
    readonly access: Needs,
    private readonly settings: Settings = {},
  ) {}

  /** Set for ECR upstreams, and only for them. */
  get registry(): PrivateRegistry | undefined {
    return this.settings.registry;
  }

  /**
   * Set for ECR upstreams, and only for them: where the service answers ROOT and the configuration is silent, every plan would replace the
   * rule.
   */
  get repositoryPrefix(): string | undefined {
    return this.settings.repositoryPrefix;
  }

  /** What stands before the first slash of an image's name when it is pulled from the upstream itself. */
  get imageHost(): string {
    return this.settings.publicHost ?? this.url;
  }

  check(check: Checks, cache: PrivateRegistry): void {
    const { azureName, registry, repositoryPrefix } = this.settings;
    // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerregistry
    check.matches('name', azureName, /^[a-z0-9]{5,50}$/, '5 to 50 of a-z and 0-9, what stands before .azurecr.io');
    if (this.access.needs === 'secret') this.access.credentials.check(check, cache);
    if (registry === undefined) return;
    checkRegistry(check, 'upstream', registry);
    checkCachePrefix(check, 'upstream.repositoryPrefix', repositoryPrefix);
    const others = [registry.accountId, registry.region, cache.accountId, cache.region];
    check.that(() => !registry.equals(cache), `the registry ${cache.toString()} cannot be its own upstream.`, ...others);
    const same = this.title === 'ECR, other region';
    check.that(
      () => same === (registry.accountId === cache.accountId),
      same
        ? `the upstream is in the account ${registry.accountId}, the cache in ${cache.accountId}: use Upstream.otherAccount.`
        : `the upstream is in the account of the cache, ${cache.accountId}: use Upstream.otherRegion.`,
      ...others,
    );
  }
}

const secret = (credentials: UpstreamCredentials): SecretAccess => ({ needs: 'secret', credentials });
