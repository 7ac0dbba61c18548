import type { Checks } from '../../core';
import type { Sidecar } from './container-additions';
import type { GatewayDatabase } from './gateway-database';

export interface AuthProxyImage {
  /**
   * The Cloud SQL auth proxy, 2.15 or newer, by digest: HOST/PROJECT/REPOSITORY/IMAGE@sha256:…
   * @default straight to the address, without the proxy
   */
  readonly authProxyImage: string;
}

/** On loopback: containers of an instance share it. */
export const PROXY_ADDRESS = '127.0.0.1';
/** The migration of LiteLLM before 1.110 ignores a port of its own, so it is PostgreSQL's. */
export const PROXY_PORT = 5432;
const HEALTH_PORT = 9801;
const ADMIN_PORT = 9802;

export function checkProxyImage(check: Checks, image: string | undefined): void {
  check.matches('authProxyImage', image, /^[^\s@]+@sha256:[0-9a-f]{64}$/, 'an image by digest: HOST/PROJECT/REPOSITORY/IMAGE@sha256:…');
}

/**
 * The proxy beside the gateway: it fetches short-lived certificates with the identity of the container, so both ends are proven, and with
 * `iam` it logs in with that identity too. It does not pool.
 */
export function authProxy(database: GatewayDatabase, image: string, options: { readonly iam: boolean }): Sidecar {
  return {
    name: 'auth-proxy',
    image,
    args: [
      database.connectionName,
      `--address=${PROXY_ADDRESS}`,
      `--port=${PROXY_PORT}`,
      ...(options.iam ? ['--auto-iam-authn'] : []),
      database.props.connectivity.proxyFlag,
      // Cloud Run takes the processor away between requests: a renewal in the background would come too late.
      '--lazy-refresh',
      '--health-check',
      '--http-address=0.0.0.0',
      `--http-port=${HEALTH_PORT}`,
      '--quitquitquit',
      `--admin-port=${ADMIN_PORT}`,
      '--exit-zero-on-sigterm',
      // Open connections of an instance that goes are finished first. Cloud Run waits 10 seconds.
      '--max-sigterm-delay=8s',
      '--structured-logs',
    ],
    resources: { cpu: '1', memory: '256Mi' },
    startupProbe: { path: '/startup', port: HEALTH_PORT },
    livenessProbe: { path: '/liveness', port: HEALTH_PORT },
    quitUrl: `http://localhost:${ADMIN_PORT}/quitquitquit`,
  };
}
