import { carriedFiles } from '../../../../constructs/gateway/service/carried-files';
import { redactorFor } from '../../../../review/plan/redact';
import { gatewayConfigurationIn } from '../../../../review/risks/gateway-configuration';
import { configurationOf } from '../../../support/model-groups';

/** The plan review reads config.yaml as text, and knows no construct: what it reads there must be what is written. */
describe('the plan review', () => {
  const split = (percent: number): string =>
    configurationOf({
      models: {
        assistant: {
          deployments: [
            { provider: 'managed', model: 'gemini-3.8-flash', traffic: 100 - percent },
            { provider: 'managed', model: 'gemini-4-argon', traffic: percent },
          ],
          fallbacks: ['light'],
        },
        light: { deployments: [{ provider: 'managed', model: 'gemini-3.5-flash-lite' }], lastResort: true },
      },
    }).yaml;

  it('reads the shares of each group, and the pool', () => {
    const read = gatewayConfigurationIn({ yaml: split(5) }, redactorFor([]));
    expect(read?.poolSize).toBe(5);
    expect(Object.fromEntries([...read!.groups].map(([group, shares]) => [group, Object.fromEntries(shares)]))).toEqual({
      assistant: { 'vertex_ai/gemini-3.8-flash': 95, 'vertex_ai/gemini-4-argon': 5 },
      light: { 'vertex_ai/gemini-3.5-flash-lite': 100 },
    });
  });

  it('reads it where the service carries it', () => {
    const carried = carriedFiles({ '/etc/litellm/config.yaml': split(5) });
    expect(gatewayConfigurationIn(carried, redactorFor([]))?.groups.get('assistant')?.get('vertex_ai/gemini-4-argon')).toBe(5);
  });

  it('sees the change of one number', () => {
    const shareOf = (yaml: string): number | undefined =>
      gatewayConfigurationIn({ yaml }, redactorFor([]))?.groups.get('assistant')?.get('vertex_ai/gemini-4-argon');
    expect([shareOf(split(5)), shareOf(split(20))]).toEqual([5, 20]);
  });
});
