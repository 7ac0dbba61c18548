import { answers, HEAD } from '../support/answers';

const PROD = HEAD.replace('development', 'production').replace('{ backend: local }', '{ backend: gcs, bucket: acme-state }');

describe('what is answered to values that are wrong', () => {
  describe('values', () => {
    answers('not one of the choices', HEAD.replace('development', 'prod'), [
      '1:7  tier  prod is not one of development, staging, production\nDid you mean production?',
    ]);
    answers('an unknown kind', HEAD.replace('backend: local', 'backend: gsc'), [
      '4:19  state.backend  gsc is not one of gcs, local\nDid you mean gcs?',
    ]);
    answers('number instead of text, valid in quotes', HEAD.replace('"123456789012"', '123456789012'), [
      '2:35  project.number  123456789012 is a number to YAML, and text is needed here\nPut it in quotes: "123456789012".',
    ]);
    answers('number instead of text, not valid in quotes', HEAD.replace('"123456789012"', '12'), [
      '2:35  project.number  12 is not a project number: 6 to 19 digits in quotes, e.g. "123456789012"',
    ]);
    answers(
      'more digits than a number holds',
      HEAD.replace('"123456789012"', '1234567890123456789') + 'encryption: { rotationDays: 99999999999999999999 }\n',
      [
        '2:35  project.number  1234567890123456789 is a number to YAML, and text is needed here\nPut it in quotes: "1234567890123456789".',
        '6:29  encryption.rotationDays  99999999999999999999 is not a whole number from 1 to 3650',
      ],
    );
    answers('boolean instead of text', HEAD + 'labels: { a: true, b: no, c: y }\n', [
      '6:14  labels.a  true is a boolean to YAML, and text is needed here\nPut it in quotes: "true".',
      '6:23  labels.b  no is a boolean to readers of YAML 1.1, and text is needed here\nPut it in quotes: "no".',
      '6:30  labels.c  y is a boolean to readers of YAML 1.1, and text is needed here\nPut it in quotes: "y".',
    ]);
    answers('date instead of text', HEAD + 'labels: { released: 2026-11-21 }\n', [
      '6:21  labels.released  2026-11-21 is a date to readers of YAML 1.1, and text is needed here\nPut it in quotes: "2026-11-21".',
    ]);
    answers('octal', HEAD + 'encryption: { rotationDays: 0o17 }\nlabels: { mode: 0123 }\n', [
      '6:29  encryption.rotationDays  0o17 is not written in decimal digits\nWrite 15.',
      '7:17  labels.mode  0123 is a number to YAML, and text is needed here\nPut it in quotes: "0123".',
    ]);
    answers('leading zero', HEAD + 'encryption: { rotationDays: 030 }\n', [
      '6:29  encryption.rotationDays  030 is not written in decimal digits\nWrite 30, or 24 if octal was meant.',
    ]);
    answers(
      'exponent, hexadecimal, fraction, infinity',
      HEAD +
        'images:\n  repositories:\n    a: { keepVersions: 1e3 }\n    b: { keepVersions: 0x1F }\n    c: { keepVersions: 1.5 }\n    d: { keepVersions: .inf }\n',
      [
        '8:24  images.repositories.a.keepVersions  1e3 is not written in decimal digits\nWrite 1000.',
        '9:24  images.repositories.b.keepVersions  0x1F is not written in decimal digits\nWrite 31.',
        '10:24  images.repositories.c.keepVersions  1.5 is not a whole number from 1 to 1000',
        '11:24  images.repositories.d.keepVersions  .inf is not written in decimal digits\nWrite it in decimal digits.',
      ],
    );
    answers(
      'text instead of a number',
      HEAD + 'images:\n  repositories:\n    a: { keepVersions: "5" }\n    b: { keepVersions: 1_000 }\n    c: { keepVersions: many }\n',
      [
        '8:24  images.repositories.a.keepVersions  "5" is text, and a number is needed here\nWrite 5 without quotes.',
        '9:24  images.repositories.b.keepVersions  1_000 is text, and a number is needed here\nWrite 1000 without quotes.',
        '10:24  images.repositories.c.keepVersions  many is not a whole number from 1 to 1000',
      ],
    );
    answers('out of range', HEAD + 'encryption: { rotationDays: 0 }\nimages: { repositories: { a: { keepVersions: 1001 } } }\n', [
      '6:29  encryption.rotationDays  0 is not a whole number from 1 to 3650',
      '7:46  images.repositories.a.keepVersions  1001 is not a whole number from 1 to 1000',
    ]);
    answers(
      'yes, no, on, off and text instead of a boolean',
      HEAD.replace('subnet: 10.0.0.0/24', 'subnet: 10.0.0.0/24, nat: yes, flowLogs: off') +
        'images: { repositories: { a: { immutableTags: "true" }, b: { immutableTags: 1 } } }\n',
      [
        '5:38  network.nat  yes is text, and true or false is needed here\nWrite true without quotes.',
        '5:53  network.flowLogs  off is text, and true or false is needed here\nWrite false without quotes.',
        '6:47  images.repositories.a.immutableTags  "true" is text, and true or false is needed here\nWrite true without quotes.',
        '6:77  images.repositories.b.immutableTags  1 is not true or false',
      ],
    );
    answers(
      'a list, a map, a scalar in the place of another',
      HEAD.replace('region: europe-west4', 'region: [europe-west4]').replace('{ subnet: 10.0.0.0/24 }', '10.0.0.0/24') +
        'labels: [a]\nquotaProject: { id: acme-ai-q }\n',
      [
        '3:1  region  a list stands here, and text is needed',
        '5:10  network  10.0.0.0/24 is not a map with subnet, nat, privateServicesAccess, proxySubnet, flowLogs',
        '6:1  labels  a list stands here, and a map from names to values is needed',
        '7:1  quotaProject  a map stands here, and text is needed',
      ],
    );
    answers('ranges', HEAD.replace('10.0.0.0/24', '10.0.0.7/24, privateServicesAccess: 10.0.0.0/8'), [
      '5:20  network.subnet  10.0.0.7/24 is not the start of a range: the /24 that holds this address is 10.0.0.0/24',
      '5:56  network.privateServicesAccess  10.0.0.0/8 is not a range between /16 and /24',
    ]);
    answers('ranges that are none, or not private, or taken', HEAD.replace('10.0.0.0/24', '10.0.0.256/24') + '', [
      '5:20  network.subnet  10.0.0.256/24 is not an IPv4 range, e.g. 10.0.0.0/20',
    ]);
    answers(
      'a public range, and one that Cloud SQL cannot use',
      HEAD.replace('10.0.0.0/24', '8.8.8.0/24, privateServicesAccess: 172.17.0.0/20'),
      [
        '5:20  network.subnet  8.8.8.0/24 is not a private range: inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
        '5:55  network.privateServicesAccess  172.17.0.0/20 is not a range of your own: 172.17.0.0/16 is the Docker bridge of Cloud SQL, whose instances in it cannot be reached',
      ],
    );
    answers(
      'names of Google Cloud and AWS',
      HEAD.replace('acme-ai-x', 'Acme') +
        'deployAs: me@example.com\naws: { accountId: 210987654321, region: frankfurt, deployRole: admin }\n',
      [
        '2:16  project.id  Acme is not a project ID: 6 to 30 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
        '6:11  deployAs  me@example.com is not the email of a service account: NAME@PROJECT.iam.gserviceaccount.com',
        '7:19  aws.accountId  210987654321 is a number to YAML, and text is needed here\nPut it in quotes: "210987654321".',
        '7:41  aws.region  frankfurt is not an AWS region, e.g. eu-central-1',
        '7:64  aws.deployRole  admin is not the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME',
      ],
    );
    answers('text that is too long', HEAD + `images: { repositories: { a: { description: ${'x'.repeat(501)} } } }\n`, [
      '6:45  images.repositories.a.description  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… has 501 characters: at most 500 are allowed',
    ]);
    answers(
      'what may be a secret is not shown',
      HEAD +
        'secrets:\n  a: { source: provided, value: sk-live-1234 }\n  b: sk-live-1234\n  c: { source: generated, alphabet: hexx, version: "2" }\n',
      [
        '7:33  secrets.a.value  the value (not shown: it may be a secret) is not one of variable, by-hand',
        '8:6  secrets.b  the value (not shown: it may be a secret) is not a map with source, version, length, prefix, alphabet, value',
        '9:37  secrets.c.alphabet  hexx is not one of alphanumeric, hex, printable\nDid you mean hex?',
        '9:52  secrets.c.version  the value (not shown: it may be a secret) is text, and a number is needed here\nWrite it without quotes.',
      ],
    );
  });

  describe('rules between settings', () => {
    answers('production: public registries', PROD + 'images:\n  remotes:\n    hub: { upstream: docker-hub }\n', [
      '8:5  images.remotes.hub  the production tier does not pull from docker-hub: what is replaced or deleted there would reach production unseen\nRemove it, and copy the images that you need into a repository under images.repositories.',
    ]);
    answers('production: tags that move', PROD + 'images:\n  repositories:\n    gateway: { immutableTags: false }\n', [
      '8:31  images.repositories.gateway.immutableTags  tags are immutable in the production tier: a rollback must find the image that it names\nRemove the line, or write true.',
    ]);
    answers(
      'one name for two repositories',
      HEAD + 'images:\n  repositories: { cache: {} }\n  remotes:\n    cache: { upstream: docker-hub }\n',
      ['9:5  images.remotes.cache  cache is also under images.repositories: the two would be one repository\nRename one of them.'],
    );
    answers('production: local state', PROD.replace('{ backend: gcs, bucket: acme-state }', '{ backend: local }'), [
      '4:19  state.backend  the production tier does not keep its state on one machine: it would be lost, or applied by two people at once\nWrite backend: gcs, with a bucket that keeps versions.',
    ]);
    answers('ranges that overlap', HEAD.replace('10.0.0.0/24', '10.0.0.0/24, privateServicesAccess: 10.0.0.0/16'), [
      '5:56  network.privateServicesAccess  10.0.0.0/16 overlaps with the subnet 10.0.0.0/24: addresses in both could not be routed\nChoose a range outside the subnet.',
    ]);
    answers('a version that nothing writes', HEAD + 'secrets: { a: { source: provided, version: 2 } }\n', [
      '6:44  secrets.a.version  has no effect with value: by-hand, where whoever adds a version with gcloud decides about it\nRemove it, or write value: variable.',
    ]);
    answers(
      'a role in another account',
      HEAD + 'aws: { accountId: "210987654321", region: eu-central-1, deployRole: "arn:aws:iam::123456789012:role/deployer" }\n',
      [
        '6:69  aws.deployRole  the role is in the account 123456789012, but aws.accountId is 210987654321: Terraform would refuse every resource\nCorrect one of the two.',
      ],
    );
  });
});
