import { answers, HEAD } from '../support/answers';

const AWS = 'aws: { accountId: "111122223333", region: eu-central-1 }\n';
const PRODUCTION = HEAD.replace('development', 'production').replace('backend: local', 'backend: gcs, bucket: acme-state');
const CENTRAL = '{ accountId: "444455556666", region: eu-central-1 }';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/hub-Ab12Cd';
const of = (registry: string, head = HEAD + AWS): string => `${head}registry:\n  ${registry}\n`;

describe('a registry', () => {
  answers('as it should be', of(`caches: { hub: { upstream: docker-hub, credentials: { source: variable, username: ci } } }`), []);
  answers('without an account', of('scanning: basic', HEAD), [
    '6:1  registry  needs an AWS account\nSay which under aws, with accountId and region, or remove it.',
  ]);
  answers('with another kind of upstream', of('caches: { hub: { upstream: harbor } }'), [
    '8:30  registry.caches.hub.upstream  harbor is not one of docker-hub, github, gitlab, chainguard, azure, ecr-public, kubernetes, quay, ecr',
  ]);
  answers('with an upstream without the credentials that it needs', of('caches: { hub: { upstream: docker-hub } }'), [
    '8:13  registry.caches.hub.credentials  is missing\nAdd it under registry.caches.hub: a map with source, username, version, secretArn. variable: a secret is made, and its token is given when it is deployed. existing: a secret that is there already.',
  ]);
  answers(
    'with credentials for an upstream that takes none',
    of('caches: { quay: { upstream: quay, credentials: { source: variable, username: ci } } }'),
    [
      '8:37  registry.caches.quay.credentials  unknown key\nAllowed with upstream: quay: upstream, tags, except, expireUntaggedAfterDays, keepImages.',
    ],
  );
  answers(
    'with a token in the file',
    of('caches: { hub: { upstream: github, credentials: { source: variable, username: ci, token: abc } } }'),
    ['8:85  registry.caches.hub.credentials.token  unknown key\nAllowed with source: variable: source, username, version.'],
  );
  answers('with a prefix of capital letters', of('caches: { Hub: { upstream: quay } }'), [
    '8:13  registry.caches.Hub  "Hub" is not a prefix: 2 to 30 of a-z and 0-9, with single dots, dashes or underscores between, in parts divided by slashes; or ROOT',
  ]);
  answers(
    'with a secret of another name',
    of('caches: { hub: { upstream: github, credentials: { source: existing, secretArn: "arn:aws:s3:::x" } } }'),
    [
      '8:82  registry.caches.hub.credentials.secretArn  "arn:aws:s3:::x" is not the ARN of a secret whose name begins with ecr-pullthroughcache/: ECR reads no other',
    ],
  );
  answers(
    'with a secret of another region',
    of(`caches: { hub: { upstream: github, credentials: { source: existing, secretArn: "${SECRET}" } } }`),
    [
      '8:82  registry.caches.hub.credentials.secretArn  the secret is in 111122223333 in eu-west-1, but the cache in 111122223333 in eu-central-1: ECR reads no secret elsewhere\nName a secret of the account and region under aws.',
    ],
  );
  answers('with a filter of three wildcards', of('caches: { quay: { upstream: quay, except: ["a*b*c*"] } }'), [
    '8:46  registry.caches.quay.except.0  "a*b*c*" is not a filter of tags, with at most two *, e.g. latest*',
  ]);
  answers('with six filters', of('caches: { quay: { upstream: quay, except: [a, b, c, d, e, f] } }'), [
    '8:37  registry.caches.quay.except  allowed here is a list of 1 to 5 filters',
  ]);
  answers('with a key of another region', of('encryptionKey: arn:aws:kms:eu-west-1:111122223333:key/ab-12'), [
    '8:18  registry.encryptionKey  the key is in eu-west-1, but the registry in eu-central-1\nName a key of the region under aws.',
  ]);
  answers('with a first pull of another account', of('pullers: { web: { principal: "arn:aws:iam::999988887777:role/web" } }'), [
    `8:14  registry.pullers.web  ECR makes repositories only for principals of the registry's own account, 111122223333\nWrite firstPull: false, and let somebody of that account pull first.`,
  ]);
  answers('with a public principal', of('pullers: { web: { principal: "*" } }'), [
    '8:32  registry.pullers.web.principal  "*" is not the ARN of a role or user: arn:aws:iam::ACCOUNT:role/NAME',
  ]);
  answers(
    'with a prefix twice',
    of(`caches: { approved: { upstream: quay } }\n  promotions: { approved: { by: cache, from: ${CENTRAL} } }`),
    ['9:17  registry.promotions.approved  approved is a cache already: the two would be one\nRename one of them.'],
  );
  answers('with a promotion of everything', of(`promotions: { ROOT: { by: replication, from: ${CENTRAL} } }`), [
    '8:17  registry.promotions.ROOT  ROOT would promote every repository\nName the prefix of the approved images.',
  ]);
  answers(
    'with itself as its source',
    of('promotions: { approved: { by: cache, from: { accountId: "111122223333", region: eu-central-1 } } }'),
    [
      `8:40  registry.promotions.approved.from  111122223333 in eu-central-1 is this environment's own registry (aws)\nName the registry that the images come from.`,
    ],
  );
  answers('with ROOT on one side', of(`caches: { ROOT: { upstream: ecr, from: ${CENTRAL}, repositoryPrefix: approved } }`), [
    `8:113  registry.caches.ROOT.repositoryPrefix  with the prefix ROOT the upstream's prefix must be ROOT too\nWrite ROOT, or give the cache a prefix of its own.`,
  ]);
  answers(
    'that replicates to itself',
    of('replications: [{ prefixes: [approved], to: [{ accountId: "111122223333", region: eu-central-1 }] }]'),
    [`8:49  registry.replications.0.to.0  111122223333 in eu-central-1 is this environment's own registry (aws)\nRemove it.`],
  );
  answers(
    'in a region without caches',
    of('caches: { quay: { upstream: quay } }', `${HEAD}aws: { accountId: "111122223333", region: us-gov-west-1 }\n`),
    [
      '8:13  registry.caches.quay  ECR has no pull-through caches in us-gov-west-1\nWrite another region under aws, or let the images come by replication.',
    ],
  );
  answers(
    'with 51 caches',
    of(`caches:\n${Array.from({ length: 51 }, (_, index) => `    cache-${index}: { upstream: quay }`).join('\n')}`),
    [
      '8:3  registry.caches  there are 51 caches, and AWS allows 50 in an account and region, which nobody can raise\nRemove some, or give an environment another account.',
    ],
  );
});

describe('a registry in production', () => {
  const production = (registry: string): string => of(registry, PRODUCTION + AWS);

  answers('with a public upstream', production('caches: { quay: { upstream: quay } }'), [
    '8:13  registry.caches.quay  the production tier does not pull from quay: what is replaced or deleted there would reach production unseen\nRemove it, and let approved images come from a registry of your own, under registry.promotions.',
  ]);
  answers('with a source that nobody trusts', production(`promotions: { approved: { by: replication, from: ${CENTRAL} } }`), [
    '8:46  registry.promotions.approved.from  the production tier takes images from trusted registries only, and 444455556666 in eu-central-1 is none of them\nAdd it to registry.trustedRegistries, if somebody looks at what gets there, or name another.',
  ]);
  answers(
    'with all of a trusted registry',
    production(`trustedRegistries: [${CENTRAL}]\n  caches: { ROOT: { upstream: ecr, from: ${CENTRAL}, repositoryPrefix: ROOT } }`),
    [
      '9:13  registry.caches.ROOT  ROOT stands for every repository, caches of public registries included: not in the production tier\nName the prefix of the approved images.',
      '9:113  registry.caches.ROOT.repositoryPrefix  ROOT stands for every repository, caches of public registries included: not in the production tier\nName the prefix of the approved images.',
    ],
  );
  answers(
    'with a trusted source',
    production(`trustedRegistries: [${CENTRAL}]\n  promotions: { approved: { by: cache, from: ${CENTRAL} } }`),
    [],
  );
});
