import * as fc from 'fast-check';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { environmentSchema, type Environment } from '../../configuration/schema';
import { identities } from './identity';
import { endpoints, managedModels, modelGarden } from './endpoints';
import { gateways, withGateway, withOwnCanary } from './gateway';
import { frontDoors, withFrontDoor } from './gateway-front-door';
import { registries } from './registry';
import { perimeters } from './perimeter';
import { policies } from './policy';

/** What a person writes into an environment file. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

const word = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{${minLength - 2},${maxLength - 2}}[a-z0-9]$`));

const projectId = word(6, 30);
const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const record = <T>(name: fc.Arbitrary<string>, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.uniqueArray(fc.tuple(name, value), { maxLength: 4, selector: ([key]) => key }).map(Object.fromEntries);

/** `second` of the ranges is never inside a subnet, which starts with 10 or 192. */
const range = (second: string, shortest: number, longest: number): fc.Arbitrary<string> =>
  fc.record({ bits: fc.integer({ min: shortest, max: longest }), address: fc.nat({ max: 2 ** 16 - 1 }) }).map(({ bits, address }) => {
    const within = (address * 2 ** 8) & ~(2 ** (32 - bits) - 1);
    return `${second}.${(within >>> 16) & 255}.${(within >>> 8) & 255}.${within & 255}/${bits}`;
  });

const network = fc.record(
  {
    subnet: fc.oneof(
      range('10', 9, 26),
      range('192', 16, 26).map((given) => given.replace(/^192\.\d+/, '192.168')),
    ),
    nat: fc.boolean(),
    privateServicesAccess: range('100', 16, 24).map((given) => given.replace(/^100\.\d+/, '100.64')),
    flowLogs: fc.boolean(),
  },
  { requiredKeys: ['subnet'] },
);

const kmsKey = fc.constant('projects/acme-seed/locations/europe/keyRings/terraform/cryptoKeys/state');

const gcsState = fc.record(
  {
    backend: fc.constant('gcs' as const),
    bucket: word(3, 40).filter((bucket) => !bucket.startsWith('goog')),
    prefix: fc.stringMatching(/^[A-Za-z0-9_-]{1,10}(\/[A-Za-z0-9_-]{1,10}){0,2}$/),
    kmsKey,
  },
  { requiredKeys: ['backend', 'bucket'] },
);

const localState = fc.record(
  { backend: fc.constant('local' as const), directory: fc.constantFrom('.state', '/var/lib/state', 'state of mine') },
  { requiredKeys: ['backend'] },
);

const repository = (immutableTags: fc.Arbitrary<boolean>) =>
  fc.record(
    { description: fc.string({ maxLength: 40 }).map(printable), immutableTags, keepVersions: fc.integer({ min: 1, max: 1000 }) },
    { requiredKeys: [] },
  );

const remote = fc.record({
  upstream: fc.constantFrom(
    'docker-hub' as const,
    'ghcr.io' as const,
    'quay.io' as const,
    'registry.k8s.io' as const,
    'public.ecr.aws' as const,
  ),
});

const version = fc.integer({ min: 1, max: 1_000_000 });

const secret = fc.oneof(
  fc.record(
    {
      source: fc.constant('generated' as const),
      version,
      length: fc.integer({ min: 16, max: 512 }),
      prefix: fc.stringMatching(/^[A-Za-z0-9_-]{0,32}$/),
      alphabet: fc.constantFrom('alphanumeric' as const, 'hex' as const, 'printable' as const),
    },
    { requiredKeys: ['source'] },
  ),
  fc.record(
    { source: fc.constant('provided' as const), value: fc.constant('variable' as const), version },
    { requiredKeys: ['source', 'value'] },
  ),
  fc.record({ source: fc.constant('provided' as const), value: fc.constant('by-hand' as const) }, { requiredKeys: ['source'] }),
);

const aws = fc
  .record({ accountId: digits(12), region: fc.constantFrom('eu-central-1', 'us-gov-west-1'), assumes: fc.boolean() })
  .map(({ assumes, ...account }) => ({
    ...account,
    ...(assumes ? { deployRole: `arn:aws:iam::${account.accountId}:role/deployer` } : {}),
  }));

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '-');
}

/** Jobs choose their identity themselves. */
const asThePipeline = ({ aws: account }: Pick<EnvironmentInput, 'aws'>): Pick<EnvironmentInput, 'deployAs' | 'aws'> => ({
  deployAs: undefined,
  aws: account && { accountId: account.accountId, region: account.region },
});

type Tier = EnvironmentInput['tier'];

function inputsOf(tier: Tier): fc.Arbitrary<EnvironmentInput> {
  const production = tier === 'production';
  return fc
    .record({
      project: fc.record({ id: projectId, number: fc.oneof(digits(6), digits(12), digits(19)) }),
      region: fc.constantFrom('europe-west4', 'us-central1', 'asia-southeast1', 'me-central2', 'northamerica-northeast1'),
      labels: optional(record(fc.stringMatching(/^[a-z][a-z0-9_-]{0,62}$/), fc.stringMatching(/^[a-z0-9_-]{0,63}$/))),
      quotaProject: optional(projectId),
      deployAs: optional(fc.tuple(projectId, projectId).map(([name, project]) => `${name}@${project}.iam.gserviceaccount.com`)),
      state: production ? gcsState : fc.oneof(gcsState, localState),
      network,
      images: optional(
        fc
          .record(
            {
              repositories: record(word(2, 40), repository(production ? fc.constant(true) : fc.boolean())),
              remotes: production ? fc.constant({}) : record(word(2, 40), remote),
            },
            { requiredKeys: [] },
          )
          .filter(({ repositories = {}, remotes = {} }) => Object.keys(remotes).every((name) => !(name in repositories))),
      ),
      encryption: optional(
        fc.record(
          { rotationDays: fc.integer({ min: 1, max: 3650 }), protectionLevel: fc.constantFrom('software' as const, 'hsm' as const) },
          { requiredKeys: [] },
        ),
      ),
      secrets: optional(record(word(2, 60), secret)),
      aws: optional(aws),
      modelGarden: optional(modelGarden),
      perimeter: optional(perimeters),
      managedModels: optional(managedModels),
      policy: optional(policies),
      acceleratorQuota: optional(fc.constantFrom({}, { contactEmail: 'ai@acme.example' })),
    })
    .chain((settings) => optional(endpoints(tier, settings.region)).map((given) => ({ ...settings, endpoints: given })))
    .chain((settings) =>
      optional(identities({ secrets: Object.keys(settings.secrets ?? {}), endpoints: Object.keys(settings.endpoints ?? {}) })).map(
        (identity) => ({ ...settings, ...(identity && { identity }), ...(identity?.deploy && asThePipeline(settings)) }),
      ),
    )
    .chain((settings) =>
      settings.aws?.region === 'eu-central-1'
        ? optional(registries(production, settings.aws)).map((registry) => ({ ...settings, registry }))
        : fc.constant(settings),
    )
    .map((settings) => defined({ tier, ...settings }))
    .chain((settings) => optional(gateways(production)).map((given) => (given ? withGateway(settings, given) : settings)))
    .chain((settings) =>
      settings.gateway
        ? optional(frontDoors(settings.region)).map((door) => (door ? withFrontDoor(settings, door) : settings))
        : fc.constant(settings),
    );
}

/** Every kind of valid environment file: with and without each optional part, within the rules of its tier. */
export const environmentInputs: fc.Arbitrary<EnvironmentInput> = fc.oneof(
  inputsOf('development'),
  inputsOf('staging'),
  inputsOf('production'),
);

/** Keys without a value are left out, as in a file. */
function defined(input: EnvironmentInput): EnvironmentInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as EnvironmentInput;
}

/** Names that are also words of YAML are among them. */
const environmentNames = fc.oneof(fc.stringMatching(/^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$/), fc.constantFrom('dev', 'prod', 'no', 'a'));

/** Every kind of valid environment, as the loader hands it to the stacks. */
export const environments: fc.Arbitrary<Environment> = fc
  .record({ name: environmentNames, input: environmentInputs })
  .map(({ name, input }) => ({ name, ...environmentSchema.parse(withOwnCanary(name, input)) }));

/** As a person writes it: text in quotes where YAML needs them, or some reader of YAML does. */
export const asYaml = (input: EnvironmentInput): string =>
  stringify(input, {
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  });
