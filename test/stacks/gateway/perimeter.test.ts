import { Testing } from '../../../constructs/core';
import { GatewayStack } from '../../../stacks/gateway';
import { type GatewayTraffic, perimeterGaps } from '../../../stacks/gateway-perimeter';
import { databaseWithPassword, digest, smallestGateway } from './gateway-environment';

const TRAFFIC: GatewayTraffic = {
  calls: ['aiplatform.googleapis.com', 'sqladmin.googleapis.com'],
  holds: ['run.googleapis.com', 'redis.googleapis.com'],
  fromTheInternet: false,
};

const POLICY = { accessPolicy: { source: 'existing', number: '884412097365' } };

const CALLS = {
  gateway: {
    from: { identityType: 'any', anywhere: true },
    to: { projects: ['*'], operations: { 'run.googleapis.com': { methods: ['run.googleapis.com/HttpIngress'] } } },
  },
};

const gaps = (perimeter: object, traffic: Partial<GatewayTraffic> = {}) =>
  perimeterGaps(
    smallestGateway({
      environment: {
        tier: 'staging',
        perimeter: { ...POLICY, mode: 'enforced', ...perimeter },
      },
    }),
    { ...TRAFFIC, ...traffic },
  );

describe('the gateway inside a perimeter', () => {
  it('asks nothing where there is none', () => {
    expect(perimeterGaps(smallestGateway(), TRAFFIC)).toEqual({ errors: [], warnings: [] });
  });

  it('may call what is restricted, and warns of what holds data and is not', () => {
    expect(gaps({ config: { services: 'minimal' } })).toEqual({
      errors: [],
      warnings: [
        'redis.googleapis.com holds data of the gateway, and the perimeter does not restrict it. Add it to perimeter.config.serviceList.',
      ],
    });
    expect(gaps({ config: { services: 'minimal', serviceList: ['redis.googleapis.com'] } }).warnings).toEqual([]);
  });

  const narrow = { services: 'listed', serviceList: ['aiplatform.googleapis.com', 'run.googleapis.com', 'redis.googleapis.com'] };
  const unreachable = 'the gateway calls sqladmin.googleapis.com, which its network may not reach inside the perimeter.';

  it('is stopped by an enforced one that its calls do not get through', () => {
    expect(gaps({ config: narrow }).errors).toEqual([
      `${unreachable} Write perimeter.config.vpcAccessible: any, or add sqladmin.googleapis.com to perimeter.config.serviceList.`,
    ]);
    expect(gaps({ config: { ...narrow, vpcAccessible: 'any' } }).errors).toEqual([]);
  });

  it('counts what the keys job calls, where there is one', () => {
    const build = (gateway: object) => () => {
      const environment = smallestGateway({
        environment: {
          tier: 'staging',
          perimeter: { ...POLICY, mode: 'enforced', config: { ...narrow, serviceList: ['run.googleapis.com'] } },
        },
        gateway: { database: databaseWithPassword(1), ...gateway },
      });
      return new GatewayStack(Testing.app(), environment, environment.gateway!);
    };
    const secrets = /the gateway calls secretmanager\.googleapis\.com/;
    expect(build({})).toThrow(/the gateway calls aiplatform\.googleapis\.com/);
    expect(build({})).not.toThrow(secrets);
    expect(build({ keysJob: { image: { repository: 'gateway', name: 'node', digest: digest('9') } } })).toThrow(secrets);
  });

  it('is warned by one that is only tried', () => {
    const { errors, warnings } = gaps({ mode: 'dry-run', config: narrow });
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(`once perimeter.config is enforced, ${unreachable}`)]);
  });

  it('is not called from the internet unless an ingress policy lets calls of Cloud Run in, whoever calls', () => {
    const config = { services: 'minimal', serviceList: ['redis.googleapis.com'] };
    const fromTheInternet = true;
    expect(gaps({ config }, { fromTheInternet }).warnings).toEqual([
      expect.stringMatching(/^calls from the internet are denied: .*HttpIngress/),
    ]);
    expect(gaps({ mode: 'dry-run', config }, { fromTheInternet }).warnings).toEqual([
      expect.stringMatching(/^calls from the internet would be denied/),
    ]);
    expect(gaps({ config: { ...config, ingress: ['gateway'] }, ingressPolicies: CALLS }, { fromTheInternet }).warnings).toEqual([]);
  });
});
