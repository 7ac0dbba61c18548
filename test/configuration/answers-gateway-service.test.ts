import { answers, HEAD } from '../support/answers';

const IMAGE = `  image: { repository: gateway, name: litellm, digest: "sha256:${'0'.repeat(64)}", version: 1.106.2 }\n`;
const SALT = '  saltKey: { confirmed: gateway-salt-key/1 }\n';
const KEYS = 'gateway-master-key: { source: generated, prefix: sk- }, gateway-salt-key: { source: generated }';

interface Written {
  readonly images?: string;
  readonly secrets?: string;
  readonly image?: string;
  readonly salt?: string;
  readonly more?: string;
}

/** Under the head: images, secrets, gateway, image, salt key, and what else is given. */
const file = ({ images = 'gateway: {}', secrets = KEYS, image = IMAGE, salt = SALT, more = '' }: Written): string =>
  `${HEAD}images: { repositories: { ${images} } }\nsecrets: { ${secrets} }\ngateway:\n${image}${salt}${more === '' ? '' : `  ${more}\n`}`;

const LINE = HEAD.split('\n').length;
const at = (offset: number, column: number, path: string): string => `${LINE + offset}:${column}  gateway.${path}`;

describe("the gateway's service", () => {
  answers('as it should be', file({}), []);
  answers('with an image of a repository that is not there', file({ images: 'apps: {}' }), [
    `${at(3, 24, 'image.repository')}  images has no repository gateway\nWrite one of: apps.`,
  ]);
  answers('with a tag for a digest', file({ image: IMAGE.replace(/"sha256:0+"/, 'main-stable') }), [
    `${at(3, 56, 'image.digest')}  main-stable is not a digest: sha256: and 64 hexadecimal digits`,
  ]);
  answers('without its secrets', file({ secrets: '' }), [
    `${at(2, 1, 'masterKey')}  secrets has no gateway-master-key\nAdd it there (source: generated, prefix: sk-, length: 48), or name another one.`,
    `${at(4, 3, 'saltKey.secret')}  secrets has no gateway-salt-key\nAdd it there (source: generated, length: 48), or name another one.`,
  ]);
  answers('with a master key that LiteLLM does not take', file({ secrets: KEYS.replace(', prefix: sk-', '') }), [
    `${at(2, 1, 'masterKey')}  the values of gateway-master-key do not begin with sk-, and LiteLLM takes only such keys\n` +
      'Write secrets.gateway-master-key.prefix: sk-, and raise its version if it was written before.',
  ]);
  answers('with one key for both', file({ salt: '  saltKey: { secret: gateway-master-key, confirmed: gateway-master-key/1 }\n' }), [
    `${at(4, 22, 'saltKey.secret')}  is the master key too: who rotates the one would make everything unreadable that the other encrypts\n` +
      'Give the salt key a secret of its own.',
  ]);
});

const LOST =
  'with another salt key the credentials, MCP servers and model keys that LiteLLM keeps encrypted in its database cannot be read any more';

describe('the salt key', () => {
  answers('raised by accident', file({ secrets: KEYS.replace(/ }$/, ', version: 2 }') }), [
    `${at(4, 25, 'saltKey.confirmed')}  the salt key would be gateway-salt-key/2, and gateway-salt-key/1 is confirmed: ${LOST}\n` +
      'Go back to gateway-salt-key/1; or, if nothing encrypted is kept there or all of it will be entered again, write confirmed: gateway-salt-key/2.',
  ]);
  answers('raised, and confirmed', file({ secrets: KEYS.replace(/ }$/, ', version: 2 }'), salt: SALT.replace('/1', '/2') }), []);
  answers(
    'swapped for another secret',
    file({ secrets: `${KEYS}, other: { source: generated }`, salt: '  saltKey: { secret: other, confirmed: gateway-salt-key/1 }\n' }),
    [
      `${at(4, 40, 'saltKey.confirmed')}  the salt key would be other/1, and gateway-salt-key/1 is confirmed: ${LOST}\n` +
        'Go back to gateway-salt-key/1; or, if nothing encrypted is kept there or all of it will be entered again, write confirmed: other/1.',
    ],
  );
  answers(
    'added by hand, in a version that is confirmed',
    file({
      secrets: KEYS.replace('gateway-salt-key: { source: generated }', 'gateway-salt-key: { source: provided }'),
      salt: SALT.replace('/1', '/3'),
      more: 'secretVersions: { gateway-salt-key: 3 }',
    }),
    [],
  );
});

describe('versions, sizes and shares', () => {
  answers('of a secret that Terraform writes', file({ more: 'secretVersions: { gateway-master-key: 2 }' }), [
    `${at(5, 41, 'secretVersions.gateway-master-key')}  Terraform writes the versions of gateway-master-key\n` +
      'Remove the line; secrets.gateway-master-key.version says which is in use.',
  ]);
  answers('of a secret that is not there', file({ more: 'secretVersions: { vendor: 2 }' }), [
    `${at(5, 29, 'secretVersions.vendor')}  secrets has no vendor\nCorrect the name, or remove the line.`,
  ]);
  answers('with too little memory', file({ more: 'size: { cpu: 4, memoryGiB: 3 }' }), [
    `${at(5, 30, 'size.memoryGiB')}  3 GiB is less than 1 GiB for each of the 4 workers: one takes 500 to 680 MB before the first request\n` +
      'Write at least 4; 2 GiB a worker leave room for long streams.',
  ]);
  answers('with a maximum below the minimum', file({ more: 'scale: { min: 3, max: 2 }' }), [
    `${at(5, 25, 'scale.max')}  2 is less than min, 3\nMake it at least min.`,
  ]);
  answers('with no instance', file({ more: 'scale: { min: 0, max: 2 }' }), [
    `${at(5, 17, 'scale.min')}  0 is not a whole number from 1 to 100`,
  ]);
  answers('with a canary that gets everything', file({ more: 'canary: { stable: dev-gateway-00001-abc, percent: 100 }' }), [
    `${at(5, 53, 'canary.percent')}  100 is not a whole number from 0 to 99`,
  ]);
});
