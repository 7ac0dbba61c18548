import { environmentSchema } from '../../configuration/schema';
import { answers, HEAD } from '../support/answers';

const TOP = Object.keys(environmentSchema.shape).join(', ');

describe('what is answered to keys that are wrong', () => {
  answers('unknown, near a valid one', HEAD.replace('subnet: 10.0.0.0/24', 'subnet: 10.0.0.0/24, natt: true'), [
    '5:33  network.natt  unknown key\nDid you mean nat? Allowed here: subnet, nat, privateServicesAccess, proxySubnet, flowLogs.',
  ]);
  answers('unknown, instead of a required one', HEAD.replace('region', 'regoin'), [
    `3:1  regoin  unknown key\nDid you mean region? Allowed here: ${TOP}.`,
  ]);
  answers('unknown, but known elsewhere', HEAD + 'subnet: 10.1.0.0/24\n', [
    `6:1  subnet  unknown key\nDid you mean network.subnet? Allowed here: ${TOP}.`,
  ]);
  answers('unknown for the kind', HEAD.replace('backend: local', 'backend: local, bucket: acme-state'), [
    '4:26  state.bucket  unknown key\nIt belongs to another backend. Allowed with backend: local: backend, directory.',
  ]);
  answers('misspelt, of the key that tells the kind', HEAD.replace('backend: local', 'bakend: local'), [
    '4:10  state.bakend  unknown key\nDid you mean backend? Allowed here: backend, bucket, prefix, kmsKey, directory.',
  ]);
  answers('twice', HEAD + 'region: us-east1\n', ['6:1  region  the key stands twice, first at some.yaml:3:1\nRemove one of the two.']);
  answers('missing, at the top', HEAD.replace('tier: development\n', ''), [
    '1:1  tier  is missing\nAdd it: one of development, staging, production. Decides protection, sizes and modes.',
  ]);
  answers('missing, in a map', HEAD.replace(', number: "123456789012"', ''), [
    '2:1  project.number  is missing\nAdd it under project. Project number, in quotes. Perimeters and service agents are addressed by number, never by ID.',
  ]);
  answers('without a value', HEAD + 'aws:\nquotaProject: ~\n', [
    '6:1  aws  has no value\nGive it one, or remove the key.',
    '7:15  quotaProject  ~ is no value\nGive it one, or remove the key.',
  ]);
  answers('a name that YAML 1.1 reads as a boolean', HEAD + 'labels: { on: a, "off": b }\n', [
    '6:11  labels.on  on is a boolean to readers of YAML 1.1, and a name is needed here\nPut it in quotes: "on".',
  ]);
  answers('a name out of its alphabet', HEAD + 'labels: { Team: a }\nsecrets: { my_key: { source: generated } }\n', [
    '6:11  labels.Team  "Team" is not a label key: up to 63 of a-z, 0-9, dash and underscore, starting with a letter',
    '7:12  secrets.my_key  "my_key" is not a name of at most 60 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
  ]);
  answers('a name of JavaScript', HEAD + 'labels: { __proto__: a }\n', [
    '6:11  labels.__proto__  this name means something to JavaScript\nChoose another.',
  ]);
});
