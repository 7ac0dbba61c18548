import { TerraformVariable } from '../../../constructs/core';
import {
  GeneratedSecret,
  type GeneratedSecretProps,
  ProvidedSecret,
  type ProvidedSecretProps,
  Replication,
} from '../../../constructs/secrets';
import { stackWith, synthesize } from '../../support/template';

const key = (location: string): string => `projects/p/locations/${location}/keyRings/r/cryptoKeys/k`;
const generated = (props: Partial<GeneratedSecretProps> = {}) =>
  synthesize((stack) => new GeneratedSecret(stack, 'Key', { secretId: 'dev-key', ...props }));
const provided = (props: Partial<ProvidedSecretProps> = {}) =>
  synthesize((stack) => new ProvidedSecret(stack, 'Key', { secretId: 'dev-key', ...props }));

describe('GeneratedSecret', () => {
  it('makes the value while applying and writes it where it is not stored', () => {
    const template = generated({ prefix: 'sk-', version: 3 });
    expect(template.ephemeral('random_password')).toEqual([{ length: 32, special: false }]);
    const version = template.resource('google_secret_manager_secret_version');
    expect(version).toMatchObject({ secret_data_wo_version: 3, deletion_policy: 'DISABLE', lifecycle: { create_before_destroy: true } });
    expect(version['secret_data_wo']).toMatch(/^sk-\$\{ephemeral\.random_password\.Key_Value_\w+\.result\}$/);
    expect(version).not.toHaveProperty('secret_data');
  });

  it('asks for the random provider, which stacks without generated secrets do not', () => {
    expect(generated().terraform()).toMatchObject({ required_providers: { random: { source: 'hashicorp/random', version: '3.7.2' } } });
    expect(provided({ value: 'variable' }).terraform()['required_providers']).not.toHaveProperty('random');
  });

  it.each([
    ['alphanumeric', { special: false }],
    ['hex', { upper: false, lower: false, special: true, override_special: 'abcdef' }],
    ['printable', { special: true }],
  ] as const)('takes its characters from the alphabet %s', (alphabet, argumentsOfIt) => {
    expect(generated({ alphabet, length: 64 }).ephemeral('random_password')).toEqual([{ length: 64, ...argumentsOfIt }]);
  });

  it('protects the container unless told otherwise', () => {
    expect(generated().resource('google_secret_manager_secret')).toMatchObject({ deletion_protection: true });
    expect(generated({ deletionProtection: false }).resource('google_secret_manager_secret')).toMatchObject({ deletion_protection: false });
  });
});

describe('ProvidedSecret', () => {
  it('takes the value from an ephemeral variable that nobody has to set', () => {
    const template = provided({ value: 'variable', version: 2 });
    expect(template.variables()).toEqual({
      dev_key: {
        type: 'string',
        default: '',
        nullable: false,
        sensitive: true,
        ephemeral: true,
        description: expect.stringContaining('generation 2'),
      },
    });
    expect(template.resource('google_secret_manager_secret_version')).toMatchObject({
      secret_data_wo: '${var.dev_key}',
      secret_data_wo_version: 2,
      deletion_policy: 'DISABLE',
    });
  });

  it('is only a container when values are added by hand', () => {
    expect(provided().types()).toEqual(['google_secret_manager_secret']);
    expect(provided().variables()).toEqual({});
  });
});

describe('Replication', () => {
  const block = (replication?: Replication) => generated({ replication }).resource('google_secret_manager_secret')['replication'];

  it('keeps the empty block of automatic replication', () => {
    expect(block()).toEqual({ auto: {} });
  });

  it('puts each key where it belongs', () => {
    expect(block(Replication.automatic({ kmsKey: key('global') }))).toEqual({
      auto: { customer_managed_encryption: { kms_key_name: key('global') } },
    });
    expect(
      block(Replication.userManaged([{ location: 'europe-west4', kmsKey: key('europe-west4') }, { location: 'europe-west1' }])),
    ).toEqual({
      user_managed: {
        replicas: [
          { location: 'europe-west4', customer_managed_encryption: { kms_key_name: key('europe-west4') } },
          { location: 'europe-west1' },
        ],
      },
    });
  });
});

describe('grantRead', () => {
  it('adds one reader of one secret', () => {
    const template = synthesize((stack) => {
      const secret = new ProvidedSecret(stack, 'Key', { secretId: 'dev-key' });
      secret.grantRead('serviceAccount:gateway@acme-ai-test.iam.gserviceaccount.com');
      secret.grantRead(new TerraformVariable(stack, 'reader', { type: 'string' }).stringValue, 'Late');
    });
    expect(template.resources('google_secret_manager_secret_iam_member')).toEqual([
      expect.objectContaining({ role: 'roles/secretmanager.secretAccessor', member: '${var.reader}' }),
      expect.objectContaining({ member: 'serviceAccount:gateway@acme-ai-test.iam.gserviceaccount.com' }),
    ]);
  });

  it.each([
    ['allUsers', /one user:, group:.*got: "allUsers"/],
    ['gateway@acme.iam.gserviceaccount.com', /got: "gateway@acme/],
  ])('refuses %s', (member, message) => {
    expect(() => stackWith((stack) => void new ProvidedSecret(stack, 'Key', { secretId: 'k' }).grantRead(member))).toThrow(message);
  });

  it('wants an id for a member that only Terraform knows', () => {
    const build = () =>
      stackWith((stack) => {
        new ProvidedSecret(stack, 'Key', { secretId: 'k' }).grantRead(new TerraformVariable(stack, 'r', { type: 'string' }).stringValue);
      });
    expect(build).toThrow(/^test-stack\/Key: Reader: the member is known only to Terraform, so the grant needs an id as well\.$/);
  });
});

describe('wrong input', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['an id', () => generated({ secretId: 'a b' }), /^test-stack\/Key: `secretId` must be 1 to 255 .* got: "a b"\.$/],
    ['a length', () => generated({ length: 8 }), /`length` must be a whole number between 16 and 512, got: 8\./],
    ['a fraction', () => generated({ length: 16.5 }), /got: 16\.5/],
    ['a version', () => generated({ version: 0 }), /`version` must be a whole number between 1 and 1000000, got: 0\./],
    ['a prefix', () => generated({ prefix: '${file("x")}' }), /`prefix` must be at most 32 letters/],
    ['no replicas', () => generated({ replication: Replication.userManaged([]) }), /`replication` must have at least one element/],
    [
      'a key elsewhere',
      () => generated({ replication: Replication.userManaged([{ location: 'europe-west1', kmsKey: key('us-east1') }]) }),
      /own location europe-west1, but projects\/p\/.* is in us-east1/,
    ],
    ['a version by hand', () => provided({ version: 2 }), /`version` has no meaning when values are added by hand/],
    [
      'a digit as a variable',
      () => provided({ value: 'variable', secretId: '1key' }),
      /must begin with a letter or an underscore, got: "1key"/,
    ],
    ['two at once', () => generated({ secretId: '', length: 1 }), /`secretId`[^\n]*\n[^\n]*`length`/],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});
