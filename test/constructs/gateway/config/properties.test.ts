import * as fc from 'fast-check';
import { parse } from 'yaml';
import { liteLlmConfig } from '../../../../constructs/gateway/config/litellm-config';
import { configurationOf } from '../../../support/model-groups';
import { closedModels, gatewayModels, MODELS_NEED } from '../../../support/gateway-models';

const AROUND = {
  managedModels: MODELS_NEED.managedModels,
  secrets: {
    'gateway-master-key': { source: 'generated', prefix: 'sk-' },
    'gateway-salt-key': { source: 'generated' },
    ...MODELS_NEED.secrets,
  },
};

describe('any valid model groups', () => {
  it('make a configuration of the closed type, in which the linter finds no error', () => {
    fc.assert(
      fc.property(closedModels, (given) => {
        const configuration = configurationOf(given, { around: AROUND });
        expect(configuration.findings.filter(({ level }) => level === 'error')).toEqual([]);
        liteLlmConfig.parse(parse(configuration.yaml));
      }),
      { numRuns: 200 },
    );
  });

  it('make the same text each time, with no reference that the gateway has no variable for', () => {
    fc.assert(
      fc.property(gatewayModels, (given) => {
        const configuration = configurationOf(given, { around: AROUND });
        expect(configuration.findings.filter(({ level }) => level === 'error')).toEqual([]);
        expect(configurationOf(given, { around: AROUND }).yaml).toBe(configuration.yaml);
        const references = [...configuration.yaml.matchAll(/os\.environ\/(\w+)/g)].map(([, name]) => name);
        expect(Object.keys({ ...configuration.secrets, ...configuration.variables })).toEqual(expect.arrayContaining(references));
      }),
      { numRuns: 100 },
    );
  });

  it('keep shares, order and names', () => {
    fc.assert(
      fc.property(gatewayModels, (given) => {
        const list = parse(configurationOf(given, { around: AROUND }).yaml).model_list as {
          model_name: string;
          litellm_params: { weight: number };
        }[];
        const written = Object.entries(given.models!).flatMap(([name, { deployments }]) =>
          deployments.map(({ traffic = 100 }) => [name, traffic]),
        );
        expect(list.map(({ model_name, litellm_params }) => [model_name, litellm_params.weight])).toEqual(written);
      }),
      { numRuns: 100 },
    );
  });
});
