import { z } from 'zod';
import { awsAccountId, awsRegion } from './aws';
import { resourceName } from './values';

/** ECR: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */

/** CreatePullThroughCacheRule: 2 to 30 characters; what the provider does not take is left out. */
const prefix = z
  .string()
  .regex(
    /^(?=.{2,30}$)(([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*|ROOT)$/,
    'a prefix: 2 to 30 of a-z and 0-9, with single dots, dashes or underscores between, in parts divided by slashes; or ROOT',
  );

/** A rule for a list, for `refine`. */
const sized = (max: number, what: string, min = 1): [(list: readonly unknown[]) => boolean, string] => [
  (list) => list.length >= min && list.length <= max,
  `a list of ${min} to ${max} ${what}`,
];

const privateRegistry = z.strictObject({
  accountId: awsAccountId.describe('Account of the registry.'),
  region: awsRegion.describe('Region of the registry.'),
});

const credentials = z
  .discriminatedUnion('source', [
    z.strictObject({
      source: z.literal('variable'),
      username: z
        .string()
        .regex(/^[^\s"\\$%\x00-\x1f\x7f]{1,200}$/, 'a user name: 1 to 200 characters without spaces, quotes, backslashes, $ and %')
        .describe('User name at the upstream.'),
      version: z.number().int().min(1).max(1_000_000).default(1).describe('Raise it by one to write another token.'),
    }),
    z.strictObject({
      source: z.literal('existing'),
      secretArn: z
        .string()
        .regex(
          /^(?=.{50,612}$)arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:ecr-pullthroughcache\/[a-zA-Z0-9/_+=.@-]+$/,
          'the ARN of a secret whose name begins with ecr-pullthroughcache/: ECR reads no other',
        )
        .describe('Secret of this account and region, with the keys username and accessToken.'),
    }),
  ])
  .describe('variable: a secret is made, and its token is given when it is deployed. existing: a secret that is there already.');

const repositories = {
  tags: z
    .enum(['mutable', 'immutable'])
    .optional()
    .describe('Whether a tag keeps its image. Default: mutable for caches, immutable for promoted images.'),
  except: z
    .array(z.string().regex(/^(?!(.*\*){3})[a-zA-Z0-9._*-]{1,128}$/, 'a filter of tags, with at most two *, e.g. latest*'))
    .refine(...sized(5, 'filters'))
    .optional()
    .describe('Filters of the tags for which the opposite holds. Default: none.'),
  expireUntaggedAfterDays: z.number().int().min(1).max(3650).default(14).describe('Days after which untagged images expire.'),
  keepImages: z.number().int().min(1).max(10_000).optional().describe('Of each repository the newest N images stay. Default: all do.'),
};

const withCredentials = <Kind extends string>(upstream: Kind) =>
  z.strictObject({ upstream: z.literal(upstream), credentials, ...repositories });
const open = <Kind extends string>(upstream: Kind) => z.strictObject({ upstream: z.literal(upstream), ...repositories });

const cache = z
  .discriminatedUnion('upstream', [
    withCredentials('docker-hub'),
    withCredentials('github'),
    withCredentials('gitlab'),
    withCredentials('chainguard'),
    withCredentials('azure').extend({
      registryName: z
        .string()
        .regex(/^[a-z0-9]{5,50}$/, 'the name of an Azure registry: 5 to 50 of a-z and 0-9, what stands before .azurecr.io'),
    }),
    open('ecr-public'),
    open('kubernetes'),
    open('quay'),
    open('ecr').extend({
      from: privateRegistry.describe('Registry that is cached.'),
      repositoryPrefix: prefix.describe("Prefix of the upstream's repositories. ROOT: all of them."),
    }),
  ])
  .describe('Registry that is cached. Another one is another cache.');

const promotion = z.strictObject({
  by: z
    .enum(['replication', 'cache'])
    .describe('replication: the other registry sends what is pushed there from now on. cache: it is fetched at the first pull.'),
  from: privateRegistry.describe('Registry in which images are approved.'),
  ...repositories,
});

const replication = z.strictObject({
  prefixes: z
    .array(prefix)
    .refine(...sized(100, 'prefixes'))
    .describe('Of the repositories.'),
  to: z
    .array(privateRegistry)
    .refine(...sized(25, 'registries'))
    .describe('Who gets them.'),
});

const puller = z.strictObject({
  principal: z
    .string()
    .regex(/^arn:aws:iam::\d{12}:(role|user)\/.+$/, 'the ARN of a role or user: arn:aws:iam::ACCOUNT:role/NAME')
    .describe('Role or user.'),
  firstPull: z.boolean().default(true).describe('May pull what nobody has pulled before. Only in the account of the registry.'),
});

export const registry = z
  .strictObject({
    scanning: z
      .enum(['basic', 'enhanced'])
      .default('basic')
      .describe('basic: when pushed, by ECR. enhanced: all the time, by Amazon Inspector.'),
    trustedRegistries: z.array(privateRegistry).default([]).describe('The only registries that the production tier takes images from.'),
    encryptionKey: z
      .string()
      .regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID')
      .optional()
      .describe('KMS key of the repositories that are made. Default: AES256.'),
    caches: z.record(prefix, cache).default({}).describe('Pull-through caches, by the prefix of their repositories.'),
    promotions: z
      .record(prefix, promotion)
      .default({})
      .describe('Approved images that come from another registry, by the prefix of their repositories.'),
    replications: z
      .array(replication)
      .refine(...sized(10, 'replications', 0))
      .default([])
      .describe('Images that go to other registries.'),
    pullers: z.record(resourceName(40), puller).default({}).describe('Who pulls from all caches and promotions, by a name of your own.'),
  })
  .describe('ECR registry of the AWS account. Absent: none. One environment for each account and region.');
