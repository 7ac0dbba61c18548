import type { Environment } from '../../../configuration';
import { Testing } from '../../../constructs/core';
import { GatewayStack } from '../../../stacks/gateway';
import { gatewayDataApis, gatewayDataCalls } from '../../../stacks/gateway-database';
import { Template } from '../../support/template';
import { smallestGateway } from './gateway-environment';

const password = { login: { kind: 'password' } };
const of = (tier: Environment['tier'], gateway: object, environment: object = {}): Environment => ({
  ...smallestGateway({ gateway, environment }),
  tier,
});
const build = (environment: Environment): GatewayStack =>
  new GatewayStack(Testing.app({ stackTraces: false }), environment, environment.gateway!);

describe('the database of an environment', () => {
  it.each([
    ['development', 'db-custom-1-3840', 'ZONAL', false],
    ['staging', 'db-custom-2-7680', 'ZONAL', false],
    ['production', 'db-custom-4-15360', 'REGIONAL', true],
  ] as const)('%s: %s, whose connections the default gateway fits', (tier, size, availability, deletionProtection) => {
    const environment = of(tier, { database: password });
    expect(new Template(build(environment)).resource('google_sql_database_instance')).toMatchObject({
      settings: { tier: size, availability_type: availability, deletion_protection_enabled: deletionProtection },
      deletion_protection: deletionProtection,
    });
  });

  it('refuses more connections than there are, with the arithmetic and sizes that fit', () => {
    const scale = { min: 1, max: 20 };
    expect(() => build(of('development', { database: password, scale }))).toThrow(
      'gateway: the gateway may open 320 connections to its database, 245 too many: 20 instances × 1 workers × 8 connections × 2 revisions (old and new, ' +
        "during a rollout) = 320; db-custom-1-3840 takes 100, and 75 of them are the gateway's, after a fifth that stays free and 5 for migrations. " +
        'Any of these fits: at most 1 connections a worker; at most 4 instances; the tier db-custom-4-15360, which takes 500. These are ' +
        'gateway.database.connectionsPerWorker, gateway.scale.max and gateway.database.tier.',
    );
    expect(() => build(of('development', { database: { ...password, tier: 'db-custom-4-15360' }, scale }))).not.toThrow();
    expect(() => build(of('development', { database: { ...password, maxConnections: 500 }, scale }))).not.toThrow();
  });

  it('is encrypted with a key of its own where the environment has keys', () => {
    const environment = of('production', { database: password, redis: {} }, { encryption: {} });
    const template = new Template(build(environment));
    const key = (name: string) => expect.stringMatching(new RegExp(`/cryptoKeys/${name}$`)) as string;
    expect(template.resource('google_sql_database_instance')).toMatchObject({ encryption_key_name: key('database') });
    expect(template.resource('google_redis_cluster')).toMatchObject({ kms_key: key('cache'), replica_count: 1 });
  });

  it('hands over the certificates of Redis as Terraform reads them, and not the expression for it', () => {
    const service = new Template(build(of('production', { database: password, redis: {} }))).resource('google_cloud_run_v2_service');
    const [, file] = /"(\/tmp\/gateway\/redis-ca\.pem\\n[^"]*)/.exec(JSON.stringify(service)) ?? [];
    expect(file).toMatch(/\.pem\\n\$\{join\(/);
  });

  it('makes nothing where none is asked for', () => {
    const types = new Template(build(of('development', {}))).types();
    expect(types.filter((type) => /sql|redis|job/.test(type))).toEqual([]);
  });

  it('knows the APIs that it needs, and those that the containers call', () => {
    const { gateway } = of('development', { database: password, redis: {} });
    expect(gatewayDataApis(gateway!)).toEqual(['sqladmin.googleapis.com', 'redis.googleapis.com', 'networkconnectivity.googleapis.com']);
    expect(gatewayDataCalls(gateway!)).toEqual(['iamcredentials.googleapis.com']);
  });
});
