import { Testing } from '../../../constructs/core';
import { GatewayStack } from '../../../stacks/gateway';
import { type GatewayNetworkNeeds, networkProblems } from '../../../stacks/gateway-network';
import { smallestGateway, wholeGateway } from './gateway-environment';

const problems = (network: object, needs: Partial<GatewayNetworkNeeds>): string[] =>
  networkProblems(smallestGateway({ environment: { network: { subnet: '10.0.0.0/26', ...network } } }), {
    hosts: [],
    size: { max: 6 },
    ...needs,
  });

describe('hosts outside Google', () => {
  const hosts = ['api.vendor.example', 'cloud.langfuse.com:8443', 'api.vendor.example'];

  it('are not reached without NAT: the error names each once, and what to do', () => {
    expect(problems({}, { hosts })).toEqual([
      "the gateway calls api.vendor.example, cloud.langfuse.com:8443, and everything that it sends goes through a network that leads to Google's APIs " +
        'only. Write network.nat: true, or take out what calls there.',
    ]);
  });

  it('are reached with it', () => expect(problems({ nat: true }, { hosts })).toEqual([]));

  it.each([
    '127.0.0.1:4318',
    'localhost:4318',
    '10.20.0.4:11434',
    '172.16.0.9',
    '192.168.7.1',
    'vllm.europe-west4-a.c.acme-ai-dev.internal',
    '1-europe-west4-123456789012.prediction.p.vertexai.goog',
  ])('are not what is in the network: %s', (host) => expect(problems({}, { hosts: [host] })).toEqual([]));

  it.each(['172.32.0.1', '8.8.8.8', '10.example', '1.europe-west4-123456789012.prediction.vertexai.goog'])('are: %s', (host) =>
    expect(problems({}, { hosts: [host] })).toHaveLength(1),
  );
});

describe('addresses of the subnet', () => {
  it('are enough for as many instances as fit while one revision replaces another', () => {
    expect(problems({}, { size: { max: 15 } })).toEqual([]);
    expect(problems({}, { size: { max: 16 } })).toEqual([
      'up to 16 instances take 64 addresses of the subnet: 2 each, and twice as many instances while a revision replaces another. ' +
        'network.subnet, 10.0.0.0/26, has 60. Write a /25 there, or at most 15 as gateway.scale.max.',
    ]);
  });

  it.each([16, 31, 32, 63, 64, 100, 1000])('are enough for %d instances with either remedy', (max) => {
    const [problem] = problems({}, { size: { max } });
    const [, prefix, most] = /Write a (\/\d+) there, or at most (\d+) as/.exec(problem!)!;
    expect(problems({ subnet: `10.0.0.0${prefix}` }, { size: { max } })).toEqual([]);
    expect(problems({}, { size: { max: Number(most) } })).toEqual([]);
  });
});

it('holds up the stack, with all problems in one error', () => {
  const environment = wholeGateway({ environment: { network: { subnet: '10.0.0.0/26' } }, gateway: { scale: { min: 2, max: 20 } } });
  const build = () => new GatewayStack(Testing.app(), environment, environment.gateway!);
  expect(build).toThrow(/api\.vendor\.example.*network\.nat: true/s);
  expect(build).toThrow(/up to 20 instances take 80 addresses/);
});
