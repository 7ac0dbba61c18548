import { parse, stringify } from 'yaml';
import { LiteLlmConfiguration, type ModelAliases, type ModelGroups } from '../../constructs/gateway/config';
import { Gateway, Google, needsGateway, runLitellm } from '../support/peers';
import { describeWith } from '../support/requirements';
import { PROJECT, type TestedConfiguration, chat, configurationOf, gemini, group, propsOf } from './configuration';

jest.setTimeout(240_000);

const GOOD = { models: { assistant: group('gemini-assistant', { lastResort: true }) } };

/** Every mistake that LiteLLM lets pass, with the rule of ours that does not. */
const MISTAKES = [
  { rule: 'key-unknown', mistake: 'a misspelt key', extra: { router_settings: { num_retrys: 3 } } },
  { rule: 'key-unknown', mistake: 'a key that was never there', extra: { litellm_settings: { drop_all_parameters: true } } },
  {
    rule: 'master-key-place',
    mistake: 'the master key where nobody reads it',
    extra: { litellm_settings: { master_key: 'os.environ/LITELLM_MASTER_KEY' } },
  },
  {
    rule: 'variable-unbound',
    mistake: 'a variable that is not set',
    extra: { general_settings: { user_header_name: 'os.environ/NOT_THERE' } },
  },
  {
    rule: 'fallback-unknown',
    mistake: 'a fallback to a group that is not there',
    models: { dangling: group('gemini-dangling', { fallbacks: ['nowhere'] }) },
  },
  { rule: 'fallback-missing', mistake: 'no fallback', models: { alone: group('gemini-alone') } },
  {
    rule: 'fallback-cycle',
    mistake: 'fallbacks in a circle',
    models: { round: group('gemini-round', { fallbacks: ['about'] }), about: group('gemini-about', { fallbacks: ['round'] }) },
  },
  { rule: 'alias-unknown', mistake: 'a further name of nothing', aliases: { nickname: { group: 'nowhere' } } },
  {
    rule: 'traffic-sum',
    mistake: 'shares that are not 100',
    models: { short: { deployments: [gemini('gemini-short', 30)], lastResort: true } },
  },
] as const;

const propsWith = ({ models, ...more }: Partial<TestedConfiguration>) => propsOf({ ...more, models: { ...GOOD.models, ...models } });

describe('mistakes that LiteLLM starts with', () => {
  it.each(MISTAKES)('$rule: $mistake', ({ rule, mistake: _mistake, ...changes }) => {
    const { findings } = new LiteLlmConfiguration(propsWith(changes));
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });
});

describeWith(needsGateway(), 'the start of LiteLLM', () => {
  let google: Google;
  beforeAll(async () => (google = await Google.start({ projectId: PROJECT })));
  afterAll(async () => google.stop());

  it('succeeds with all of these mistakes at once, and serves', async () => {
    const models = Object.assign({}, ...MISTAKES.map((mistake) => ('models' in mistake ? mistake.models : {}))) as ModelGroups;
    const aliases = Object.assign({}, ...MISTAKES.map((mistake) => ('aliases' in mistake ? mistake.aliases : {}))) as ModelAliases;
    const extras = MISTAKES.map((mistake): Readonly<Record<string, object>> => ('extra' in mistake ? mistake.extra : {}));
    const block = (name: string): object => Object.assign({}, ...extras.map((extra) => extra[name])) as object;
    const blocks = ['router_settings', 'litellm_settings', 'general_settings'];
    const extra = Object.fromEntries(blocks.map((name) => [name, block(name)]));
    const { yaml } = new LiteLlmConfiguration(propsWith({ models, aliases, extra }));

    const gateway = await Gateway.start({ config: yaml, google });
    try {
      expect((await gateway.ask('/v1/chat/completions', { body: chat('assistant') })).status).toBe(200);
    } finally {
      await gateway.stop();
    }
  });

  it.each([
    ['is missing', undefined],
    ['stands under litellm_settings', 'litellm_settings'],
  ])('fails when the master key %s', async (_how, place) => {
    const { general_settings, ...config } = parse(configurationOf(GOOD)) as Record<string, Record<string, unknown>>;
    const { master_key, ...rest } = general_settings!;
    const misplaced = place === undefined ? {} : { [place]: { ...config[place], master_key } };
    const text = stringify({ ...config, general_settings: rest, ...misplaced });
    const { code, log } = await runLitellm({ config: text, environment: { LITELLM_MASTER_KEY: '' } }, '--host', '127.0.0.1', '--port', '0');
    expect([code, log]).toEqual([3, expect.stringContaining('master')]);
  });
});
