import { loadEnvironments, type Environment } from '../../configuration';
import { Testing } from '../../constructs/core';
import { desiredOf } from '../../keys';
import { accessLimits } from '../../stacks/gateway-keys';
import { GatewayStack } from '../../stacks/gateway';
import { secretId } from '../../stacks/names';
import { type Block, Template } from '../support/template';

const environments = loadEnvironments('environments');
const withKeys = environments.filter(({ gateway }) => Object.keys(gateway?.keys ?? {}).length > 0);

function stackOf(environment: Environment): GatewayStack {
  return new GatewayStack(Testing.app(), environment, environment.gateway!);
}

const ids = (blocks: readonly Block[]): unknown[] => blocks.map((block) => block['secret_id']);

it('every environment has keys', () => {
  expect(withKeys.map(({ name }) => name)).toEqual(['dev', 'prod', 'staging']);
});

describe.each(withKeys.map((environment) => [environment.name, environment] as const))('the keys of %s', (_name, environment) => {
  const { keys, keysJob, models } = environment.gateway!;
  const desired = desiredOf(environment)!;
  const stack = stackOf(environment);
  const template = new Template(stack);

  it('have a secret each, which is the one that the program writes to', () => {
    const made = ids(template.resources('google_secret_manager_secret')).map(
      (id) => `projects/${environment.project.id}/secrets/${String(id)}`,
    );
    for (const { secret } of Object.values(desired.keys)) expect(made).toContain(secret);
  });

  it('know the secret of the master key by the name that the stacks give it', () => {
    expect(desired.masterKeySecret).toBe(
      `projects/${environment.project.id}/secrets/${secretId(environment, environment.gateway!.masterKey)}`,
    );
  });

  it('are read by their owners', () => {
    const owned = Object.values(keys).filter(({ owner }) => owner !== undefined);
    const readers = template
      .resources('google_secret_manager_secret_iam_member')
      .filter((member) => /Keys_/.test(String(member['secret_id'])) && member['role'] === 'roles/secretmanager.secretAccessor');
    expect(readers).toHaveLength(owned.length);
  });

  it('are applied by a job where the file asks for one', () => {
    const jobs = template.resources('google_cloud_run_v2_job').map((job) => job['name']);
    expect(jobs.filter((name) => String(name).endsWith('gateway-keys'))).toHaveLength(keysJob ? 1 : 0);
  });

  it('come with files for clients', () => {
    const paths = stack.handover.entries().map(([path]) => path);
    expect(paths).toEqual([
      'clients/blocked-hosts.txt',
      'clients/gateway.env',
      'clients/gemini-cli/gemini-gateway',
      'clients/gemini-cli/settings.json',
    ]);
    const [, text] = stack.handover.entries().find(([path]) => path === 'clients/gateway.env')!;
    expect(Object.keys(models)).toContain(/^GATEWAY_MODEL=(.*)$/m.exec(text)![1]);
  });

  it('come with an alias for every name of Gemini CLI', () => {
    expect(JSON.stringify(template.json)).toContain('gemini-3.1-pro-preview-customtools');
  });
});

it('limits that all instances share are phrases, for who decides about Redis', () => {
  const limited = { models: ['a'], requestsPerMinute: 1, tokensPerMinute: 2 };
  const key = { version: 1, overlapHours: 0, ...limited, parallelRequests: 3 };
  expect(accessLimits({ teams: { t: limited, u: { models: ['a'] } }, keys: { k: key } })).toEqual([
    'team `t`: 1 requests a minute, 2 tokens a minute',
    'key `k`: 1 requests a minute, 2 tokens a minute, 3 requests at a time',
  ]);
});
