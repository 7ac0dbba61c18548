import { ConfigurationLint } from '../../../../constructs/gateway/config';
import { ValidationError } from '../../../../constructs/core';
import { configurationOf } from '../../../support/model-groups';
import { stackWith, Template } from '../../../support/template';

const LIGHT = { deployments: [{ provider: 'managed', model: 'gemini-3.5-flash-lite' }], lastResort: true };

function linted(given: object): { construct: ConfigurationLint; annotations: string[] } {
  let construct!: ConfigurationLint;
  stackWith((stack) => {
    construct = new ConfigurationLint(stack, 'Configuration', { configuration: configurationOf(given), section: 'gateway' });
  });
  return { construct, annotations: construct.node.metadata.map(({ type, data }) => `${type}: ${String(data)}`) };
}

describe('what the linter finds, in a stack', () => {
  it('holds it up, all at once, at the place in the environment file', () => {
    const broken = {
      models: { light: { ...LIGHT, lastResort: false, contextWindowFallbacks: ['none'] } },
      aliases: { chat: { group: 'lite' } },
    };
    expect.assertions(3);
    try {
      linted(broken);
    } catch (error) {
      expect(ValidationError.is(error)).toBe(true);
      const { constructPath, problems } = error as ValidationError;
      expect(constructPath).toMatch(/\/Configuration$/);
      expect(problems).toEqual([
        expect.stringMatching(/^gateway\.models\.light: it has no fallback\..* \[fallback-missing: docs\/gateway-lint\.md\]$/),
        expect.stringMatching(/^gateway\.models\.light\.contextWindowFallbacks\[0\]: none is not a group\./),
        expect.stringMatching(/^gateway\.aliases\.chat\.group: lite is not a group\./),
      ]);
    }
  });

  it('is said as a warning or a note where nothing is broken', () => {
    const { annotations } = linted({
      models: { light: LIGHT },
      usage: { recordPrompts: true },
      extra: { general_settings: { user_api_key_cache_ttl: 30 } },
    });
    expect(annotations).toEqual([
      expect.stringMatching(/warn.*: gateway\.usage\.recordPrompts: prompts and answers go to/),
      expect.stringMatching(/info.*: gateway\.extra\.general_settings\.user_api_key_cache_ttl: user_api_key_cache_ttl is 30,/),
    ]);
  });

  it('shows a reviewer of the plan what came through the escape hatch', () => {
    const stack = stackWith((stack) => {
      const configuration = configurationOf({ models: { light: LIGHT }, extra: { general_settings: { user_api_key_cache_ttl: 30 } } });
      new ConfigurationLint(stack, 'Configuration', { configuration, section: 'gateway' });
    });
    expect(new Template(stack).json['output']).toEqual({
      unchecked_litellm_keys: { description: expect.any(String), value: ['gateway.extra.general_settings.user_api_key_cache_ttl'] },
    });
  });

  it('is nothing where nothing is wrong', () => {
    expect(linted({ models: { light: LIGHT } }).annotations).toEqual([]);
  });
});
