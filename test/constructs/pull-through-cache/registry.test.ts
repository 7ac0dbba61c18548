import { EcrRegistryPolicy } from '@cdktf/provider-aws/lib/ecr-registry-policy';
import {
  ImagePromotion,
  type ImagePromotionProps,
  PrivateRegistry,
  PullThroughCache,
  Scanning,
  Upstream,
} from '../../../constructs/pull-through-cache';
import { stable } from '../../support/snapshot';
import { annotations, type Block, Template } from '../../support/template';
import { awsStack, CENTRAL, HERE, NODES, registryOf } from './stack';

const POLICY = 'aws_ecr_registry_policy';
const statements = (template: Template): Block[] =>
  (JSON.parse(String(template.resource(POLICY)['policy'])) as { Statement: Block[] }).Statement;

describe('EcrRegistry', () => {
  it('scans what is pushed and knows today’s policies, and has no policy until somebody needs one', () => {
    const template = new Template(awsStack((stack) => registryOf(stack)));
    expect(template.types()).toEqual(['aws_ecr_account_setting', 'aws_ecr_registry_scanning_configuration']);
    expect(template.resource('aws_ecr_account_setting')).toEqual({ name: 'REGISTRY_POLICY_SCOPE', value: 'V2' });
    expect(template.resource('aws_ecr_registry_scanning_configuration')).toEqual({
      scan_type: 'BASIC',
      rule: [{ scan_frequency: 'SCAN_ON_PUSH', repository_filter: [{ filter: '*', filter_type: 'WILDCARD' }] }],
    });
  });

  it('scans all the time what is worth it', () => {
    const scanning = Scanning.enhanced({ continuously: ['approved/*'], onPush: ['*'] });
    const { rule } = new Template(awsStack((stack) => registryOf(stack, { scanning }))).resource('aws_ecr_registry_scanning_configuration');
    expect((rule as Block[]).map((each) => each['scan_frequency'])).toEqual(['SCAN_ON_PUSH', 'CONTINUOUS_SCAN']);
  });

  it('sends images to other registries, by prefixes with their slash', () => {
    const replications = [{ prefixes: ['approved', 'base'], to: [CENTRAL] }];
    expect(new Template(awsStack((stack) => registryOf(stack, { replications }))).resource('aws_ecr_replication_configuration')).toEqual({
      replication_configuration: {
        rule: [
          {
            destination: [{ region: 'eu-central-1', registry_id: CENTRAL.accountId }],
            repository_filter: [
              { filter: 'approved/', filter_type: 'PREFIX_MATCH' },
              { filter: 'base/', filter_type: 'PREFIX_MATCH' },
            ],
          },
        ],
      },
    });
  });

  it('has one policy of all who need it, as short as it can be, after the setting that it needs', () => {
    const template = new Template(
      awsStack((stack) => {
        const registry = registryOf(stack);
        for (const prefix of ['one', 'two']) {
          const cache = new PullThroughCache(stack, prefix, { registry, prefix, upstream: Upstream.quay() });
          for (const name of ['a', 'b']) cache.grantPull(`${NODES}-${name}`, { firstPull: true });
        }
        new ImagePromotion(stack, 'Approved', { registry, from: CENTRAL, prefix: 'approved', by: 'replication' });
      }),
    );
    expect(statements(template)).toEqual([
      expect.objectContaining({
        Principal: { AWS: [`${NODES}-a`, `${NODES}-b`] },
        Resource: [HERE.repositories('one'), HERE.repositories('two')],
      }),
      {
        Effect: 'Allow',
        Principal: { AWS: [CENTRAL.account] },
        Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
        Resource: [HERE.repositories('approved')],
      },
    ]);
    expect(template.resource(POLICY)['depends_on']).toEqual([expect.stringContaining('aws_ecr_account_setting.')]);
  });

  it('grants nothing that was not asked for when statements are merged', () => {
    const template = new Template(
      awsStack((stack) => {
        const registry = registryOf(stack);
        const [one, two] = ['one', 'two'].map(
          (prefix) => new PullThroughCache(stack, prefix, { registry, prefix, upstream: Upstream.quay() }),
        );
        one!.grantPull(`${NODES}-a`, { firstPull: true });
        two!.grantPull(`${NODES}-b`, { firstPull: true });
        two!.grantPull(`${NODES}-a`, { firstPull: false });
        registry.addStatement({ Effect: 'Deny', Principal: { AWS: [`${NODES}-a`] }, Action: ['ecr:CreateRepository'], Resource: ['*'] });
      }),
    );
    const granted = statements(template).flatMap(({ Effect, Principal, Action, Resource }) =>
      (Principal as { AWS: string[] }).AWS.flatMap((who) =>
        (Resource as string[]).map(
          (what) => `${String(Effect)} ${who.slice(-1)} ${(Action as string[]).length} ${what.split('/')[1] ?? what}`,
        ),
      ),
    );
    expect(granted.sort()).toEqual(['Allow a 4 two', 'Allow a 5 one', 'Allow b 5 two', 'Deny a 1 *']);
  });

  it('refuses another policy beside its own', () => {
    const build = () =>
      new Template(
        awsStack((stack) => {
          registryOf(stack);
          new EcrRegistryPolicy(stack, 'Mine', { policy: '{}' });
        }),
      );
    expect(build).toThrow(/^test-stack\/Registry: test-stack\/Mine is another aws_ecr_registry_policy, and there is one only/);
  });
});

describe('ImagePromotion', () => {
  function promote(changes: Partial<ImagePromotionProps>): { template: Template; promotion: ImagePromotion; warnings: string[] } {
    let promotion: ImagePromotion | undefined;
    const stack = awsStack((each) => {
      const registry = registryOf(each, {
        allowPublicUpstreams: false,
        trustedRegistries: [CENTRAL, new PrivateRegistry(HERE.accountId, 'eu-west-1')],
      });
      promotion = new ImagePromotion(each, 'Approved', { registry, from: CENTRAL, prefix: 'approved', by: 'cache', ...changes });
      promotion.grantPull(NODES, { firstPull: changes.by !== 'replication' });
    });
    return { template: new Template(stack), promotion: promotion!, warnings: annotations(stack, 'warn') };
  }

  it.each(['replication', 'cache'] as const)('by %s stays as it is', (by) => {
    const { template, promotion } = promote({ by });
    expect(stable(template)).toMatchSnapshot();
    expect(promotion.counterpart).toMatchSnapshot();
    expect(template.resource('aws_ecr_repository_creation_template')['image_tag_mutability']).toBe('IMMUTABLE');
  });

  it('by cache warns of digests, by replication of nothing', () => {
    expect(promote({ by: 'cache' }).warnings).toEqual([expect.stringMatching(/fails when it is named by digest/)]);
    expect(promote({ by: 'replication' }).warnings).toEqual([]);
  });

  it('within an account asks nobody for a statement', () => {
    const from = new PrivateRegistry(HERE.accountId, 'eu-west-1');
    const cached = promote({ from });
    expect(cached.promotion.counterpart).toBeUndefined();
    expect(cached.template.types()).not.toContain('aws_iam_role');
    const replicated = promote({ from, by: 'replication' });
    expect(replicated.promotion.counterpart).toMatchObject({
      add: { replicationRule: { destinations: [{ registryId: HERE.accountId }] } },
    });
    expect(statements(replicated.template)).toHaveLength(1);
  });
});

describe('PrivateRegistry', () => {
  it.each([
    ['eu-central-1', '111122223333.dkr.ecr.eu-central-1.amazonaws.com', 'arn:aws:iam::111122223333:root'],
    ['cn-north-1', '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'arn:aws-cn:iam::111122223333:root'],
    ['us-gov-west-1', '111122223333.dkr.ecr.us-gov-west-1.amazonaws.com', 'arn:aws-us-gov:iam::111122223333:root'],
  ])('of %s has its names', (region, host, account) => {
    const registry = new PrivateRegistry('111122223333', region);
    expect([registry.host, registry.account]).toEqual([host, account]);
    expect(PrivateRegistry.fromHost(host)?.equals(registry)).toBe(true);
  });

  it.each([
    'quay.io',
    'evil.example/111122223333.dkr.ecr.eu-central-1.amazonaws.com',
    '111122223333.dkr.ecr.eu-central-1.amazonaws.com.evil.example',
  ])('is not %s', (host) => expect(PrivateRegistry.fromHost(host)).toBeUndefined());
});
