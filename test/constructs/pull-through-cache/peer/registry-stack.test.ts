import { join } from 'node:path';
import { type Environment, loadEnvironments } from '../../../../configuration';
import { environmentSchema } from '../../../../configuration/schema';
import { Testing } from '../../../../constructs/core';
import { EcrRegistry, PrivateRegistry, PullThroughCache, Upstream } from '../../../../constructs/pull-through-cache';
import { RegistryStack } from '../../../../stacks/registry';
import { describeWith } from '../../../support/requirements';
import { stackWith, Template } from '../../../support/template';
import { AwsStandIn } from './aws-stand-in';
import { awsVersion, RealAws, realAws } from './real-aws';

/** The plugin is large, and each command starts it once or twice. */
const MINUTES = 600_000;
const ACCOUNT = '210987654321';
const AWS = { aws: { accountId: ACCOUNT, region: 'eu-central-1' } };
const CENTRAL = { accountId: '123450987654', region: 'eu-central-1' };
const credentials = { source: 'variable', username: 'ci' };

/** Every upstream, both ways of promotion and replication at once; none of the settings that only aws 6 has (see the README). */
const everything = (): Environment => ({
  name: 'all',
  ...environmentSchema.parse({
    tier: 'development',
    project: { id: 'acme-ai-all', number: '123456789012' },
    region: 'europe-west4',
    state: { backend: 'local' },
    network: { subnet: '10.0.0.0/24' },
    labels: { 'cost-center': '4711' },
    aws: { accountId: ACCOUNT, region: 'eu-central-1' },
    registry: {
      encryptionKey: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/8f1c2f6e-1d57-4a0b-9a35-6f0f4b8a2c11`,
      caches: {
        'docker-hub': { upstream: 'docker-hub', credentials, keepImages: 3 },
        github: { upstream: 'github', credentials },
        gitlab: { upstream: 'gitlab', credentials },
        azure: { upstream: 'azure', registryName: 'acmeimages', credentials },
        chainguard: { upstream: 'chainguard', credentials },
        'ecr-public': { upstream: 'ecr-public' },
        kubernetes: { upstream: 'kubernetes' },
        'team/quay': { upstream: 'quay', tags: 'immutable' },
        ireland: { upstream: 'ecr', from: { accountId: ACCOUNT, region: 'eu-west-1' }, repositoryPrefix: 'base' },
        central: { upstream: 'ecr', from: CENTRAL, repositoryPrefix: 'ROOT' },
      },
      promotions: { approved: { by: 'replication', from: CENTRAL }, release: { by: 'cache', from: CENTRAL } },
      replications: [{ prefixes: ['approved'], to: [{ accountId: ACCOUNT, region: 'eu-west-1' }] }],
      pullers: { nodes: { principal: `arn:aws:iam::${ACCOUNT}:role/nodes` } },
    },
  }),
});

function synthesize(environment: Environment): Template {
  return new Template(new RegistryStack(Testing.app(), environment, environment.registry!));
}

describeWith(realAws(), `the registry stack with the real aws provider ${awsVersion() ?? ''}`.trimEnd(), () => {
  const environments = [...loadEnvironments(join(__dirname, '../../../../environments')), everything()];

  /** Opens a stand-in and a directory with the stack in it, and closes both. */
  async function withStack(
    { aws, ...rest }: Environment,
    body: (real: RealAws, standIn: AwsStandIn, values: Record<string, string>) => Promise<void>,
  ): Promise<void> {
    const template = synthesize({ aws, ...rest });
    const values = Object.fromEntries(Object.keys(template.variables()).map((name) => [name, `token-of-${name}`]));
    const standIn = await AwsStandIn.open(aws!.accountId);
    const real = new RealAws(standIn.url, values);
    try {
      real.write(template.json);
      await real.must('init');
      await body(real, standIn, values);
    } finally {
      real.close();
      await standIn.close();
    }
  }

  it.each(environments.map((each) => [each.name, each] as const))(
    '%s: applies, plans empty, and goes',
    (_, environment) =>
      withStack(environment, async (aws, standIn, values) => {
        await aws.must('apply', '-auto-approve');
        expect(standIn.ecr.rules.size).toBe(synthesize(environment).resources('aws_ecr_pull_through_cache_rule').length);
        expect(await aws.plan()).toEqual({});
        for (const value of Object.values(values)) expect(aws.files()).not.toContain(value);
        await aws.must('destroy', '-auto-approve');
        expect(standIn.ecr.isEmpty).toBe(true);
        expect(standIn.calls).toContain('PutRegistryPolicy');
      }),
    MINUTES,
  );

  it(
    'a role is taken away from a rule: refused in place, done by a replacement',
    () => {
      const rule = new PrivateRegistry(ACCOUNT, 'eu-west-1');
      const from = { repositoryPrefix: 'base' };
      const cache = (upstream: Upstream): Record<string, unknown> =>
        new Template(
          stackWith((stack) => {
            expect(stack.aws).toBeDefined();
            const location = new PrivateRegistry(ACCOUNT, 'eu-central-1');
            const registry = new EcrRegistry(stack, 'Registry', { location, allowPublicUpstreams: true });
            new PullThroughCache(stack, 'Cache', { registry, prefix: 'base', upstream });
          }, AWS),
        ).json;
      // As it would be without the construct's own trigger.
      const inPlace = (json: Record<string, unknown>): Record<string, unknown> =>
        JSON.parse(
          JSON.stringify(json, (key, value: unknown) => (key === 'replace_triggered_by' ? undefined : key === 'input' ? 'role' : value)),
        ) as Record<string, unknown>;
      const [withRole, without] = [cache(Upstream.otherRegionWithRole(rule, from)), cache(Upstream.otherRegion(rule, from))];
      return withStack(environments[0]!, async (aws) => {
        aws.write(withRole);
        await aws.must('init');
        await aws.must('apply', '-auto-approve');
        aws.write(inPlace(without));
        const refused = await aws.run('apply', '-auto-approve');
        expect(refused.text).toContain('Please set either credential arn or role arn');
        aws.write(without);
        expect(Object.values(await aws.plan())).toContain('delete+create');
        await aws.must('apply', 'plan');
        expect(await aws.plan()).toEqual({});
      });
    },
    MINUTES,
  );
});
