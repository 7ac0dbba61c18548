import * as fc from 'fast-check';
import type { z } from 'zod';
import type { registry } from '../../configuration/schema/registry';

/** What a person writes under `registry`. */
type RegistryInput = z.input<typeof registry>;
type Cache = NonNullable<RegistryInput['caches']>[string];
type Account = Readonly<{ accountId: string; region: string }>;

/** Never one of the environment's own regions: a registry is not its own source. */
const elsewhere = fc.record({ accountId: fc.stringMatching(/^\d{12}$/), region: fc.constantFrom('eu-west-1', 'us-east-1') });
const prefix = fc.stringMatching(/^[a-z0-9]{1,6}([._-][a-z0-9]{1,6})?(\/[a-z0-9]{1,8})?$/).filter((given) => given.length >= 2);

const repositories = {
  tags: fc.constantFrom('mutable' as const, 'immutable' as const),
  except: fc.array(fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}\*?$/), { minLength: 1, maxLength: 5 }),
  expireUntaggedAfterDays: fc.integer({ min: 1, max: 3650 }),
  keepImages: fc.integer({ min: 1, max: 10_000 }),
};

// Here, and not where they are used: making one takes longer than all that it generates.
const username = fc.stringMatching(/^[\w@.+-]{1,30}$/);
const secretName = fc.stringMatching(/^[\w+=.@-]{1,40}$/);
const azureName = fc.stringMatching(/^[a-z0-9]{5,50}$/);

const partly = <T extends Record<string, fc.Arbitrary<unknown>>>(required: T) =>
  fc.record({ ...required, ...repositories }, { requiredKeys: Object.keys(required) as never[] });

const credentials = ({ accountId, region }: Account) =>
  fc.oneof(
    fc.record({ source: fc.constant('variable' as const), username }),
    fc.record({
      source: fc.constant('existing' as const),
      secretArn: secretName.map((name) => `arn:aws:secretsmanager:${region}:${accountId}:secret:ecr-pullthroughcache/${name}`),
    }),
  );

const privateCache = partly({ upstream: fc.constant('ecr' as const), from: elsewhere, repositoryPrefix: prefix });

const publicCache = (account: Account) =>
  fc.oneof(
    partly({ upstream: fc.constantFrom('ecr-public' as const, 'kubernetes' as const, 'quay' as const) }),
    partly({
      upstream: fc.constantFrom('docker-hub' as const, 'github' as const, 'gitlab' as const, 'chainguard' as const),
      credentials: credentials(account),
    }),
    partly({
      upstream: fc.constant('azure' as const),
      registryName: azureName,
      credentials: credentials(account),
    }),
  );

const promotion = partly({ by: fc.constantFrom('replication' as const, 'cache' as const), from: elsewhere });

/** Every kind of valid registry in an account, within the rules of its tier. Prefixes are unique among caches and promotions. */
export function registries(production: boolean, account: Account): fc.Arbitrary<RegistryInput> {
  const cache = (production ? privateCache : fc.oneof(privateCache, publicCache(account))) as fc.Arbitrary<Cache>;
  return fc
    .record({
      // Dots, dashes and slashes become one character in the name of a variable.
      prefixes: fc.uniqueArray(prefix, { minLength: 4, maxLength: 4, selector: (given) => given.replace(/\W/g, '_') }),
      caches: fc.array(cache, { maxLength: 2 }),
      promotions: fc.array(promotion, { maxLength: 2 }),
      scanning: fc.constantFrom('basic' as const, 'enhanced' as const),
      replications: fc.array(
        fc.record({ prefixes: fc.array(prefix, { minLength: 1, maxLength: 3 }), to: fc.array(elsewhere, { minLength: 1, maxLength: 3 }) }),
        { maxLength: 2 },
      ),
      firstPull: fc.boolean(),
    })
    .map(({ prefixes, caches, promotions, firstPull, ...same }) => ({
      ...same,
      caches: Object.fromEntries(caches.map((each, index) => [prefixes[index]!, each])),
      promotions: Object.fromEntries(promotions.map((each, index) => [prefixes[index + 2]!, each])) as RegistryInput['promotions'],
      trustedRegistries: [
        ...caches.flatMap((each) => (each.upstream === 'ecr' ? [each.from] : [])),
        ...promotions.map(({ from }) => from),
      ] as Account[],
      pullers: { nodes: { principal: `arn:aws:iam::${account.accountId}:role/nodes`, firstPull } },
    }));
}
