import type { PullThroughCache } from './pull-through-cache';

/**
 * Files for the directory that containerd's `config_path` names, /etc/containerd/certs.d as a rule: with them a node pulls from the caches
 * what is named after the upstream. The host of the cache holds a path, `/v2/<prefix>`, which `override_path` makes containerd keep. The
 * upstream itself stays the server that is asked when the cache does not answer; where it must not be, nodes have no route to it.
 * https://github.com/containerd/containerd/blob/main/docs/hosts.md
 */
export function containerdMirrors(caches: readonly PullThroughCache[]): Readonly<Record<string, string>> {
  const byHost = new Map<string, PullThroughCache[]>();
  // Private registries of ECR are named by those who pull from them; what is approved here has its name here.
  for (const cache of caches.filter(({ upstream }) => upstream.registry === undefined)) {
    const { imageHost } = cache.upstream;
    byHost.set(imageHost, [...(byHost.get(imageHost) ?? []), cache]);
  }
  return Object.fromEntries([...byHost].map(([host, some]) => [`${host}/hosts.toml`, hostsToml(some)]));
}

function hostsToml(caches: readonly PullThroughCache[]): string {
  const mirrors = caches.map(({ address }) => {
    const [host = '', ...path] = address.split('/');
    return [`[host."https://${[host, 'v2', ...path].join('/')}"]`, '  capabilities = ["pull", "resolve"]', '  override_path = true'];
  });
  return [`server = "https://${caches[0]!.upstream.url}"`, ...mirrors.flatMap((lines) => ['', ...lines]), ''].join('\n');
}
