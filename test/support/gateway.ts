import * as fc from 'fast-check';
import type { z } from 'zod';
import type { gateway } from '../../configuration/schema/gateway';
import type { EnvironmentInput } from './environments';
import { accesses } from './gateway-access';
import { caches, databases } from './gateway-database';
import { closedModels, leavesTheNetwork, MODELS_NEED } from './gateway-models';

/** What a person writes under `gateway`. */
export type GatewayInput = z.input<typeof gateway>;

/** What a gateway needs elsewhere in the file. */
interface Needs {
  readonly secrets: NonNullable<EnvironmentInput['secrets']>;
  readonly images: NonNullable<NonNullable<EnvironmentInput['images']>['repositories']>;
  readonly managedModels: NonNullable<EnvironmentInput['managedModels']>;
}

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);

const size = fc
  .record({ cpu: fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const), more: fc.integer({ min: 0, max: 3 }) })
  .map(({ cpu, more }) => ({ cpu, memoryGiB: cpu * (more + 1) }));

const scale = (production: boolean) =>
  fc
    .record({
      min: fc.integer({ min: production ? 2 : 1, max: 3 }),
      more: fc.nat({ max: 3 }),
      concurrency: fc.integer({ min: 1, max: 1000 }),
    })
    .map(({ min, more, concurrency }) => ({ min, max: min + more, concurrency }));

const canary = fc.record(
  {
    stable: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/),
    percent: fc.integer({ min: 0, max: 99 }),
    tag: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/),
  },
  { requiredKeys: ['stable', 'percent'] },
);

const service = (production: boolean) =>
  fc
    .record(
      {
        image: fc.record({ repository: fc.constant('gateway'), name: fc.constant('litellm'), digest, version: fc.constant('1.106.2') }),
        size,
        scale: scale(production),
        canary,
        attempt: fc.integer({ min: 1, max: 9 }),
        database: databases(production),
        redis: caches(production),
        saltVersion: fc.integer({ min: 1, max: 9 }),
      },
      { requiredKeys: ['image', 'saltVersion'] },
    )
    .map(({ saltVersion, ...given }) => ({
      given: { ...given, saltKey: { confirmed: `gateway-salt-key/${saltVersion}` } },
      secrets: {
        'gateway-master-key': { source: 'generated' as const, prefix: 'sk-', length: 48 },
        'gateway-salt-key': { source: 'generated' as const, length: 48, version: saltVersion },
      },
    }));

/** Every kind of valid gateway, within the rules of its tier, and what the rest of the file must say for it. */
export function gateways(production: boolean): fc.Arbitrary<{ gateway: GatewayInput; needs: Needs }> {
  const parts = fc
    .tuple(service(production), closedModels)
    .chain(([{ given, secrets }, models]) =>
      accesses(Object.keys(models.models ?? {}), given.redis !== undefined).map((access) => ({ given, secrets, models, access })),
    );
  return parts.map(({ given, secrets, models, access }) => ({
    // Without a database there are no keys.
    gateway: { ...given, ...models, ...(given.database && access) },
    needs: {
      secrets: { ...secrets, ...MODELS_NEED.secrets },
      images: { gateway: {} },
      managedModels: MODELS_NEED.managedModels,
    },
  }));
}

/** An environment file with the gateway, and with what it needs. */
export function withGateway(settings: EnvironmentInput, { gateway, needs }: { gateway: GatewayInput; needs: Needs }): EnvironmentInput {
  const { gateway: _, ...remotes } = settings.images?.remotes ?? {};
  const repositories = { ...settings.images?.repositories, ...needs.images };
  return {
    ...settings,
    gateway,
    network: { ...settings.network, ...(leavesTheNetwork(gateway) && { nat: true }) },
    secrets: { ...settings.secrets, ...needs.secrets },
    managedModels: { ...settings.managedModels, ...needs.managedModels },
    images: { ...settings.images, repositories, remotes },
  };
}

/** Revisions are named after their service, which is named after the environment. */
export function withOwnCanary(environment: string, settings: EnvironmentInput): EnvironmentInput {
  const { gateway } = settings;
  if (!gateway?.canary) return settings;
  return { ...settings, gateway: { ...gateway, canary: { ...gateway.canary, stable: `${environment}-gateway-0123456789` } } };
}
