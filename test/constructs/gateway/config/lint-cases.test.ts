import { configurationOf } from '../../../support/model-groups';

const LIGHT = { deployments: [{ provider: 'managed', model: 'gemini-3.5-flash-lite' }], lastResort: true };
const managed = (model: string, traffic = 100): object => ({ provider: 'managed', model, traffic });
const group = (deployments: object[], fallbacks: string[], more: object = {}): object => ({ deployments, fallbacks, ...more });

/** What the linter says: `rule place: message`. */
const said = (given: object, options = {}): string[] =>
  configurationOf(given, options).findings.map(({ rule, place, message }) => `${rule} ${place}: ${message}`);

describe('the linter', () => {
  it.each<[string, object, RegExp[]]>([
    [
      'sees a circle of three once',
      {
        models: {
          a: group([managed('gemini-3.8-flash')], ['b']),
          b: group([managed('gemini-4-argon')], ['c']),
          c: group([managed('gemini-3.5-flash-lite')], ['a']),
        },
      },
      [/^fallback-cycle models\.a\.fallbacks: the fallbacks go round: a → b → c → a\./],
    ],
    [
      'sees a circle of context-window fallbacks',
      {
        models: {
          a: group([managed('gemini-3.8-flash')], ['light'], { contextWindowFallbacks: ['b'] }),
          b: group([managed('gemini-4-argon')], ['light'], { contextWindowFallbacks: ['a'] }),
          light: LIGHT,
        },
      },
      [/^fallback-cycle models\.a\.contextWindowFallbacks: /],
    ],
    [
      'wants one fallback that shares no model with a split group',
      {
        models: {
          a: group([managed('gemini-3.8-flash', 50), managed('gemini-4-argon', 50)], ['b']),
          b: { deployments: [managed('gemini-4-argon')], lastResort: true },
        },
      },
      [/^fallback-same-model models\.a\.fallbacks: each fallback asks gemini-3\.8-flash or gemini-4-argon too/],
    ],
    [
      'takes the same model in AI Studio for the same model',
      {
        models: {
          a: group([managed('gemini-3.8-flash')], ['b']),
          b: { deployments: [{ provider: 'ai-studio', model: 'gemini-3.8-flash', key: 'ai-studio-key' }], lastResort: true },
        },
      },
      [/^fallback-same-model /],
    ],
    [
      'wants no preview for a last resort',
      { models: { pro: { deployments: [managed('gemini-3.1-pro-preview')], lastResort: true } } },
      [/^fallback-not-stable models\.pro\.lastResort: gemini-3\.1-pro-preview is not generally available/],
    ],
    [
      'finds the stable fallback behind one that is not',
      {
        models: {
          pro: group([managed('gemini-3.1-pro-preview')], ['fast', 'light']),
          fast: group([managed('gemini-3-flash-preview')], ['light']),
          light: LIGHT,
        },
      },
      [],
    ],
    [
      'names the group behind an alias that stands for a fallback',
      { models: { a: group([managed('gemini-3.8-flash')], ['small']), light: LIGHT }, aliases: { small: { group: 'light' } } },
      [
        /^fallback-unknown models\.a\.fallbacks\[0\]: small is not a group\. That is an alias: write light\./,
        /^last-resort models\.light\./,
      ],
    ],
    [
      'names the group behind an alias of an alias',
      { models: { light: LIGHT }, aliases: { one: { group: 'light' }, two: { group: 'one' } } },
      [/^alias-unknown aliases\.two\.group: one is not a group\. That is an alias too: write light\./],
    ],
    [
      'holds caps against the share, not the whole',
      {
        models: {
          a: group([managed('gemini-3.8-flash', 95), { ...managed('gemini-4-argon', 5), caps: { tokensPerMinute: 500 } }], ['light'], {
            expected: { tokensPerMinute: 10_001 },
          }),
          light: LIGHT,
        },
      },
      [/^cap-too-low models\.a\.deployments\[1\]\.caps\.tokensPerMinute: 500 is less than .* 5 % of 10001 are 501\./],
    ],
    [
      'says where LiteLLM does read a key',
      { models: { light: LIGHT }, extra: { general_settings: { budget_exceeded_status_code: 429 } } },
      [/^key-unknown .* does not know budget_exceeded_status_code there\. It reads it under litellm_settings\./],
    ],
    [
      'looks into the keys of a deployment',
      {
        models: {
          light: {
            deployments: [
              {
                ...managed('gemini-3.5-flash-lite'),
                extra: { litellm_params: { wheight: 5, vertex_credentials: '-----BEGIN PRIVATE KEY-----' } },
              },
            ],
            lastResort: true,
          },
        },
      },
      [
        /^secret-literal model_list\[0\]\.litellm_params\.vertex_credentials: it looks like a private key/,
        /^key-unknown models\.light\.deployments\[0\]\.extra\.litellm_params\.wheight: .* Did you mean weight\?/,
        /^key-extra /,
      ],
    ],
    [
      'refuses what lets LiteLLM start without a master key',
      { models: { light: LIGHT }, extra: { general_settings: { dangerously_permit_weak_or_unset_master_key: true } } },
      [/^master-key-place extra\.general_settings\.dangerously_permit_weak_or_unset_master_key: /],
    ],
    [
      'asks for a licence where a key needs one',
      { models: { light: LIGHT }, extra: { general_settings: { maximum_spend_logs_retention_period: '30d' } } },
      [/^enterprise-only extra\.general_settings\.maximum_spend_logs_retention_period: it needs LiteLLM Enterprise/, /^key-extra /],
    ],
    [
      'does not judge AI Studio by the dates of Vertex AI',
      {
        models: { light: { deployments: [{ provider: 'ai-studio', model: 'gemini-2.5-flash', key: 'ai-studio-key' }], lastResort: true } },
      },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(said(given)).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  it('notes another patch, and warns of another version', () => {
    const levelOf = (version: string): (string | undefined)[] =>
      configurationOf({ models: { light: LIGHT }, image: { version } }).findings.map(({ rule, level }) => `${rule} ${level}`);
    expect(levelOf('1.106.2')).toEqual([]);
    expect(levelOf('1.106.3')).toEqual(['version-differs note']);
    expect(levelOf('1.107.0')).toEqual(['version-differs warning']);
  });

  it('judges models at a date', () => {
    const models = {
      light: {
        deployments: [
          {
            provider: 'tuned-gemini',
            endpointId: '1',
            location: 'europe-west4',
            baseModel: 'gemini-2.5-pro',
            price: { input: 1.25, output: 10 },
          },
        ],
        lastResort: true,
      },
    };
    const levelAt = (today: string): string[] => configurationOf({ models }, { today }).findings.map(({ level }) => level);
    expect(levelAt('2026-06-01')).toEqual([]);
    expect(levelAt('2026-09-15')).toEqual(['warning']);
    expect(levelAt('2026-10-20')).toEqual(['error']);
  });

  it('lets instances share limits through Redis', () => {
    const capped = { light: { ...LIGHT, deployments: [{ ...managed('gemini-3.5-flash-lite'), caps: { requestsPerMinute: 60 } }] } };
    const given = { models: capped, scale: { min: 1, max: 3 } };
    expect(said(given)).toEqual([expect.stringMatching(/^limit-without-redis models: 3 instances count these for themselves/)]);
    expect(said(given, { redis: true })).toEqual([]);
  });
});
