import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import { EphemeralVariable, type EnvironmentStackProps, TerraformVariable } from '../../../constructs/core';
import { annotations, stackWith, synthesize, Template } from '../../support/template';

const nothing = (): void => undefined;

describe('EnvironmentStack', () => {
  it('charges quota to the project and labels everything', () => {
    const template = synthesize(nothing, {
      labels: { team: 'ai', 'cost-center': '47' },
      quotaProject: 'acme-quota',
      deployAs: 'deploy@acme-ai-test.iam.gserviceaccount.com',
    });
    expect(template.providers()['google']).toEqual([
      {
        project: 'acme-ai-test',
        region: 'europe-west4',
        default_labels: { environment: 'test', team: 'ai', 'cost-center': '47' },
        user_project_override: true,
        billing_project: 'acme-quota',
        impersonate_service_account: 'deploy@acme-ai-test.iam.gserviceaccount.com',
      },
    ]);
  });

  it('takes an option under its old name with a warning, but not under both', () => {
    const account = 'deploy@acme-ai-test.iam.gserviceaccount.com';
    const stack = stackWith(nothing, { deployIdentity: account });
    expect(new Template(stack).providers()['google']).toMatchObject([{ impersonate_service_account: account }]);
    expect(annotations(stack, 'warn')).toEqual([
      'test-stack: `deployIdentity` is deprecated: version 1.0.0 is without it. Write `deployAs` instead; nothing else changes.',
    ]);
    expect(annotations(stackWith(nothing, { deployAs: account }), 'warn')).toEqual([]);
    expect(() => stackWith(nothing, { deployIdentity: account, deployAs: account })).toThrow(
      'test-stack: `deployIdentity` is the old name of `deployAs`, which is given too. Remove it.',
    );
  });

  it('keeps each stack in its own state, impersonating and encrypting there too', () => {
    const template = synthesize(nothing, {
      deployAs: 'deploy@acme-ai-test.iam.gserviceaccount.com',
      state: { backend: 'gcs', bucket: 'acme-state', prefix: 'test', kmsKey: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
    });
    expect(template.terraform()).toMatchObject({
      required_version: '>= 1.11',
      backend: {
        gcs: {
          bucket: 'acme-state',
          prefix: 'test/test-stack',
          kms_encryption_key: 'projects/p/locations/l/keyRings/r/cryptoKeys/k',
          impersonate_service_account: 'deploy@acme-ai-test.iam.gserviceaccount.com',
        },
      },
    });
  });

  it('writes a local state relative to the folder that Terraform runs in', () => {
    const { path } = (
      synthesize(nothing, { state: { backend: 'local', directory: '.state' } }).terraform()['backend'] as { local: { path: string } }
    ).local;
    expect(path).toMatch(/^(\.\.\/)+.*\.state\/test-stack\.tfstate$/);
  });

  it('has an AWS provider only where it is used', () => {
    const aws = { accountId: '123456789012', region: 'eu-central-1', deployRole: 'arn:aws:iam::123456789012:role/deploy' };
    expect(Object.keys(synthesize(nothing, { aws }).providers())).toEqual(['google']);
    const template = synthesize(
      (stack) => {
        expect(stack.aws).toBe(stack.aws);
        return new EcrRepository(stack, 'Repository', { name: 'x' });
      },
      { aws, labels: { 'cost-center': '47' } },
    );
    expect(template.providers()['aws']).toEqual([
      {
        region: 'eu-central-1',
        allowed_account_ids: ['123456789012'],
        assume_role: [{ role_arn: 'arn:aws:iam::123456789012:role/deploy' }],
        default_tags: [{ tags: { environment: 'test', 'cost-center': '47' } }],
      },
    ]);
  });

  it('turns node dependencies into depends_on', () => {
    const template = synthesize((stack) => {
      const service = new ProjectService(stack, 'Service', { service: 'compute.googleapis.com' });
      new ComputeNetwork(stack, 'Network', { name: 'x' }).node.addDependency(service);
    });
    expect(template.resource('google_compute_network')['depends_on']).toEqual(['google_project_service.Service']);
    expect(template.resource('google_project_service')).not.toHaveProperty('depends_on');
  });

  describe('write-only arguments', () => {
    const version = (value: (stack: Parameters<Parameters<typeof stackWith>[0]>[0]) => string) => (): unknown =>
      synthesize(
        (stack) => new SecretManagerSecretVersion(stack, 'Version', { secret: 's', secretDataWo: value(stack), secretDataWoVersion: 1 }),
      );

    it.each([
      ['a literal', () => 'hunter2'],
      ['an expression without a reference', () => '${upper("hunter2")}'],
      [
        'an ordinary variable',
        (stack: Parameters<Parameters<typeof stackWith>[0]>[0]) => new TerraformVariable(stack, 'plain', { type: 'string' }).stringValue,
      ],
    ])('refuse %s, without showing it', (_, value) => {
      expect(version(value)).toThrow(/^test-stack: `google_secret_manager_secret_version\.Version\.secret_data_wo` is write-only/);
      expect(version(value)).not.toThrow(/hunter2/);
    });

    it('take an ephemeral variable', () => {
      expect(
        version((stack) => `x-\${var.${new EphemeralVariable(stack, 'V', { name: 'v', description: 'd' }).friendlyUniqueId}}`),
      ).not.toThrow();
    });
  });

  it.each<[string, Partial<EnvironmentStackProps>, RegExp]>([
    ['a label key', { labels: { Team: 'ai' } }, /^test-stack: `label key` must be .*, got: "Team"\.$/],
    ['a label value', { labels: { team: 'A I' } }, /^test-stack: `labels\.team` must be at most 63/],
    ['too many labels', { labels: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`l${i}`, 'x'])) }, /between 0 and 64, got: 65/],
    ['a project', { projectId: 'X' }, /`projectId` must be a project ID/],
    ['a region', { region: 'europe' }, /`region` must be a region, e\.g\. europe-west4, got: "europe"/],
    ['an identity', { deployAs: 'me@example.com' }, /`deployAs` must be the e-mail of a service account/],
    ['an account', { aws: { accountId: '12', region: 'eu-central-1' } }, /`aws\.accountId` must be 12 digits/],
    ['several at once', { projectId: 'X', region: 'x' }, /projectId[^\n]*\n[^\n]*region/],
  ])('refuses %s', (_, props, message) => {
    expect(() => stackWith(nothing, props)).toThrow(message);
  });

  it('collects what the validations of all constructs find', () => {
    const build = () =>
      synthesize((stack) => {
        for (const id of ['One', 'Two'])
          new ComputeNetwork(stack, id, { name: 'x' }).node.addValidation({ validate: () => [`${id} is wrong`] });
      });
    expect(build).toThrow(/^test-stack\/One: One is wrong\ntest-stack\/Two: Two is wrong$/);
  });

  it('says that an AWS account is missing', () => {
    expect(() => stackWith((stack) => void stack.aws)).toThrow(/^test-stack: has resources in AWS, but no `aws` account was given\.$/);
  });
});
