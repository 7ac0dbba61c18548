import type { Environment } from '../configuration';
import { PrivateRegistry, type UpstreamPolicy } from '../constructs/pull-through-cache';
import { traitsOf } from './tier';

/** Where images of an environment may come from. */
export const upstreamPolicy = (environment: Environment): UpstreamPolicy => ({
  allowPublicUpstreams: traitsOf(environment).allowsPublicUpstreams,
  trustedRegistries: environment.registry?.trustedRegistries.map(({ accountId, region }) => new PrivateRegistry(accountId, region)),
});
