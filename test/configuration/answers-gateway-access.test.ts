import { answers, HEAD } from '../support/answers';

/** Lines of the file before those of a test. */
const GATEWAY = `images: { repositories: { gateway: {} } }
secrets: { gateway-master-key: { source: generated, prefix: sk- }, gateway-salt-key: { source: generated } }
managedModels: { gemini-3.8-flash: {} }
identity: { invokers: { people: { kind: group, email: people@acme.example }, all: { kind: everybody, reason: a demonstration } } }
gateway:
  image: { repository: gateway, name: litellm, digest: "sha256:${'0'.repeat(64)}", version: 1.106.2 }
  saltKey: { confirmed: gateway-salt-key/1 }
  models:
    assistant: { lastResort: true, deployments: [{ provider: managed, model: gemini-3.8-flash }] }
    light: { lastResort: true, deployments: [{ provider: managed, model: gemini-3.8-flash }] }
  aliases: { chat: { group: assistant } }
`;
const DATABASE = '  database: { login: { kind: password } }\n';
const IMAGE = `image: { repository: gateway, digest: "sha256:${'1'.repeat(64)}" }`;

/** The answers to lines under `gateway`, each by a part of it. */
const given = (title: string, lines: readonly string[], expected: readonly RegExp[], database = DATABASE): void =>
  answers(
    title,
    `${HEAD}${GATEWAY}${database}${lines.map((line) => `  ${line}\n`).join('')}`,
    expected.map((part) => expect.stringMatching(part) as string),
  );

const key = (text: string): string => `keys: { web: { ${text} } }`;
const support = (text: string): string => `teams: { support: { models: [assistant], ${text} } }`;

describe('teams and keys', () => {
  given(
    'with everything',
    [
      support('description: They answer., budget: { usd: 0.5, every: 12h }, requestsPerMinute: 1, tokensPerMinute: 2'),
      key(
        'description: A page., version: 3, overlapHours: 0, team: support, owner: people, models: [assistant, chat], expires: "2027-06-30", parallelRequests: 4',
      ),
      `keysJob: { ${IMAGE} }`,
      'geminiCli: { pro: assistant, flash: assistant, flashLite: assistant, key: web }',
    ],
    [],
  );
  given(
    'without a database',
    [support(''), key('models: [assistant]'), `keysJob: { ${IMAGE} }`],
    [
      /gateway\.teams +keys, teams and what they spend are kept in a database.*\nAdd gateway\.database/,
      /gateway\.keys +keys, teams/,
      /gateway\.keysJob +keys, teams/,
    ],
    '',
  );
  given(
    'for a model that is not there',
    [key('models: [asistant]')],
    [/gateway\.models has no group asistant, and gateway\.aliases no alias\nDid you mean assistant\?/],
  );
  given('for a model twice', [key('models: [light, light]')], [/keys\.web\.models\.1 +light is there already\nRemove it\./]);
  given(
    'for every model, by saying nothing',
    [key('')],
    [/keys\.web +has neither models nor a team: LiteLLM would let it ask for every model/],
  );
  given('of a team that is not there', [support(''), key('team: suport')], [/gateway\.teams has no suport\nDid you mean support\?/]);
  given(
    'for more than the team',
    [support(''), key('team: support, models: [light]')],
    [/the team support may not ask for light, so this key could not either\nAdd it to gateway\.teams\.support\.models/],
  );
  given(
    'with more money than the team',
    [support('budget: { usd: 10, every: 1mo }'), key('team: support, budget: { usd: 11, every: 1mo }')],
    [/11 is more than the 10 of the whole team support in the same time.*\nWrite at most 10/],
  );
  given(
    'of an owner that is not there',
    [key('models: [light], owner: peeple')],
    [/identity\.invokers has no peeple\nDid you mean people\?/],
  );
  given('of everybody', [key('models: [light], owner: all')], [/all is everybody, who would then read the key/]);
  given(
    'with a budget in an odd time',
    [key('models: [light], budget: { usd: 1, every: 30 days }')],
    [/30 days is not a time after which it is full again: hours, days or months/],
  );
  given('with a budget of nothing', [key('models: [light], budget: { usd: 0 }')], [/budget\.usd/]);
  given(
    'until a day that no calendar has',
    [key('models: [light], expires: "2027-02-30"')],
    [/"2027-02-30" is not a date that the calendar has/],
  );
  given(
    'with what takes a licence',
    [support('tags: [a]'), key('models: [light], autoRotate: true')],
    [
      /teams\.support\.tags +.* is (not )?a setting without a licence: LiteLLM has tags of keys and teams only in its Enterprise edition/,
      /keys\.web\.autoRotate +.* is (not )?a setting without a licence: LiteLLM has rotation by itself only in its Enterprise edition/,
    ],
  );
  given('with a key in the file', [key('models: [light], value: sk-1234')], [/keys\.web\.value +unknown key/]);
  given(
    'with a job from a repository that is not there',
    [`keysJob: { ${IMAGE.replace('gateway', 'tools')} }`],
    [/images has no repository tools/],
  );
});

describe('Gemini CLI', () => {
  given(
    'with a group that is not there',
    ['geminiCli: { pro: best, flash: light, flashLite: light }'],
    [/geminiCli\.pro +gateway\.models has no group best/],
  );
  given(
    'with a key that does not open it',
    [key('models: [light]'), 'geminiCli: { pro: assistant, flash: light, flashLite: light, key: web }'],
    [/geminiCli\.key +web may not ask for assistant, which Gemini CLI would\nAdd to its models: assistant/],
  );
  given(
    'with a key that is not there',
    ['geminiCli: { pro: light, flash: light, flashLite: light, key: web }'],
    [/gateway\.keys has no web/],
  );
});
