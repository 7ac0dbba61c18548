import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EcrOperations } from './ecr-operations';
import { ServiceModel } from './service-model';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/cache`;
const rule = (upstreamRegistryUrl: string, more: object = {}) => ({ ecrRepositoryPrefix: 'cache', upstreamRegistryUrl, ...more });
const template = (more: object) => ({ prefix: 'cache', appliedFor: ['PULL_THROUGH_CACHE'], ...more });

describe('the stand-in for ECR', () => {
  const ecr = (...calls: readonly (readonly [string, object])[]): EcrOperations => {
    const made = new EcrOperations(ACCOUNT);
    for (const [operation, request] of calls) made.answer(operation, { ...request });
    return made;
  };
  const QUAY = ['CreatePullThroughCacheRule', rule('quay.io')] as const;

  it.each<[string, readonly (readonly [string, object])[], string, object, RegExp]>([
    ['an upstream of another kind', [], 'CreatePullThroughCacheRule', rule('registry.example.com'), /is not supported/],
    ['Docker Hub without credentials', [], 'CreatePullThroughCacheRule', rule('registry-1.docker.io'), /requires authentication/],
    [
      'another account without a role',
      [],
      'CreatePullThroughCacheRule',
      rule('444455556666.dkr.ecr.eu-west-1.amazonaws.com'),
      /A role of the account/,
    ],
    ['a prefix twice', [QUAY], 'CreatePullThroughCacheRule', rule('quay.io'), /is taken/],
    [
      'credentials that are taken away',
      [QUAY],
      'UpdatePullThroughCacheRule',
      { ecrRepositoryPrefix: 'cache' },
      /Please set either credential arn or role arn/,
    ],
    [
      'a change of what is not there',
      [],
      'UpdatePullThroughCacheRule',
      { ecrRepositoryPrefix: 'cache', customRoleArn: ROLE },
      /was not found/,
    ],
    [
      'tags without a role',
      [],
      'CreateRepositoryCreationTemplate',
      template({ resourceTags: [{ Key: 'a', Value: 'b' }] }),
      /A role of the account/,
    ],
    [
      'a key without a role',
      [],
      'CreateRepositoryCreationTemplate',
      template({ encryptionConfiguration: { encryptionType: 'KMS' } }),
      /A role of the account/,
    ],
    ['a policy that is not there', [], 'GetRegistryPolicy', {}, /has no policy/],
  ])('refuses %s', (_, before, operation, request, message) =>
    expect(() => ecr(...before).answer(operation, { ...request })).toThrow(message),
  );

  it('answers as it was told, and leaves the rest to moto', () => {
    const made = ecr(['CreatePullThroughCacheRule', rule('444455556666.dkr.ecr.eu-west-1.amazonaws.com', { customRoleArn: ROLE })]);
    expect(made.answer('DescribePullThroughCacheRules', { ecrRepositoryPrefixes: ['cache'] })).toMatchObject({
      pullThroughCacheRules: [{ customRoleArn: ROLE, registryId: ACCOUNT }],
    });
    expect(made.isEmpty).toBe(false);
    made.answer('DeletePullThroughCacheRule', { ecrRepositoryPrefix: 'cache' });
    expect(made.isEmpty).toBe(true);
    expect(made.answer('CreateRepository', {})).toBeUndefined();
  });
});

describe('the check against a model of botocore', () => {
  const directory = mkdtempSync(join(tmpdir(), 'model-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'service-2.json.gz');
  const shapes = {
    Request: { type: 'structure', required: ['name'], members: { name: { shape: 'Name' }, on: { shape: 'On' }, many: { shape: 'Many' } } },
    Name: { type: 'string', min: 2, max: 4, pattern: '[a-z]+' },
    On: { type: 'boolean' },
    Many: { type: 'list', min: 1, member: { shape: 'Kind' } },
    Kind: { type: 'string', enum: ['A', 'B'] },
  };
  writeFileSync(file, gzipSync(JSON.stringify({ operations: { Put: { input: { shape: 'Request' } } }, shapes })));
  const model = new ServiceModel(file);

  it.each<[object, string[]]>([
    [{ name: 'abc', on: true, many: ['A', 'B'] }, []],
    [{}, ['Put.name is missing']],
    [{ name: 'abcde' }, ['Put.name: 5 is not in 2..4']],
    [{ name: 'ab1' }, ['Put.name: "ab1" does not match [a-z]+']],
    [{ name: 'ab', colour: 'red' }, ['Put.colour is unknown']],
    [{ name: 'ab', on: 'yes' }, ['Put.on is no boolean']],
    [{ name: 'ab', many: [] }, ['Put.many: 0 is not in 1..']],
    [{ name: 'ab', many: ['C'] }, ['Put.many[0]: C is none of A, B']],
  ])('of %j finds %j', (request, problems) => expect(model.problems('Put', request)).toEqual(problems));

  it('knows which operations there are', () => expect(model.problems('Pull', {})).toEqual(['there is no operation Pull']));
});
