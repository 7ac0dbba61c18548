import { answers, HEAD } from '../support/answers';

const GOOD = {
  rule: 'IAM-007',
  path: 'dev-identity/Deploy/**',
  reason: 'It administers what it deploys.',
  owner: 'ai@acme.example',
};

const of = (changes: object): string => `${HEAD}policy:\n  suppressions:\n    deployer: ${JSON.stringify({ ...GOOD, ...changes })}\n`;

describe('a suppression', () => {
  answers('as it should be', of({}), []);
  answers('with a last day', of({ expires: '2026-12-31' }), []);
  answers('with a rule that is none', of({ rule: 'iam 7' }), [
    '8:23  policy.suppressions.deployer.rule  "iam 7" is not the id of a rule, e.g. IAM-007',
  ]);
  answers('of everything', of({ path: '**/*' }), [
    '8:40  policy.suppressions.deployer.path  "**/*" is not narrower than everything: name at least one part of the path, e.g. prod-identity/Deploy/**',
  ]);
  answers('without a reason', of({ reason: undefined }), [
    '8:5  policy.suppressions.deployer.reason  is missing\nAdd it under policy.suppressions.deployer. Why it may be so: at least 20 characters.',
  ]);
  answers('with a reason that is none', of({ reason: 'because' }), [
    '8:74  policy.suppressions.deployer.reason  "because" has 7 characters: at least 20 are allowed',
  ]);
  answers('of nobody', of({ owner: 'me' }), ['8:116  policy.suppressions.deployer.owner  "me" is not an email address']);
  answers('with a day that is none', of({ expires: '2026-02-30' }), [
    '8:144  policy.suppressions.deployer.expires  "2026-02-30" is not a date, e.g. "2026-11-21"',
  ]);
  answers('under a name with a space', of({}).replace('deployer', '"my deployer"'), [
    '8:5  policy.suppressions.my deployer  "my deployer" is not a name: up to 63 of a-z, 0-9 and dash, starting with a letter',
  ]);
  answers('in a list', `${HEAD}policy:\n  suppressions: [${JSON.stringify(GOOD)}]\n`, [
    '7:3  policy.suppressions  a list stands here, and a map from names to values is needed',
  ]);
  answers('given twice', `${of({})}    again: ${JSON.stringify(GOOD)}\n`, [
    '9:5  policy.suppressions.again  IAM-007 is suppressed at dev-identity/Deploy/** already: it is not clear whose reason holds\nRemove one of the two.',
  ]);
});
