import { answers, HEAD } from '../support/answers';

const perimeter = (text: string): string => `${HEAD}perimeter:\n  accessPolicy: { source: existing, number: "884412097365" }\n${text}`;

describe('a perimeter', () => {
  answers('with the least that it says', perimeter(''), []);

  answers('whose mode needs a candidate', perimeter('  mode: enforced-with-candidate\n'), [
    '8:9  perimeter.mode  enforced-with-candidate needs a candidate\nAdd perimeter.candidate, with the settings to try.',
  ]);

  answers('with a candidate that nobody tries', perimeter('  candidate: {}\n'), [
    '8:3  perimeter.candidate  has no effect with mode: dry-run\nWrite mode: enforced-with-candidate, or remove it.',
  ]);

  answers('that names what is not defined', perimeter('  config: { ingress: [deployer], egress: [out], accessLevels: [office] }\n'), [
    '8:23  perimeter.config.ingress.0  deployer is not under perimeter.ingressPolicies\nDefined there: nothing.',
    '8:43  perimeter.config.egress.0  out is not under perimeter.egressPolicies\nDefined there: nothing.',
    '8:64  perimeter.config.accessLevels.0  office is not under perimeter.accessLevels\nDefined there: nothing.',
  ]);

  answers(
    'with a policy that matches nobody, from nowhere, to do nothing',
    perimeter('  ingressPolicies:\n    shop:\n      from: {}\n      to: { projects: ["*"] }\n'),
    [
      '10:7  perimeter.ingressPolicies.shop.from  needs identities or an identityType, and not both\nWrite one of the two.',
      '10:7  perimeter.ingressPolicies.shop.from  needs sources (accessLevels, projects, networks) or anywhere: true, and not both\nSay from where, or anywhere: true if it really is everywhere.',
      '11:7  perimeter.ingressPolicies.shop.to  needs operations or roles, and not both\nEverything is operations: { "*": {} }.',
    ],
  );

  answers(
    'with one title for two policies',
    perimeter(
      '  ingressPolicies:\n    a: { from: { identityType: any, anywhere: true }, to: { projects: ["*"], operations: { "*": {} } } }\n' +
        '  egressPolicies:\n    a: { from: { identityType: any }, to: { projects: ["*"], operations: { "*": {} } } }\n',
    ),
    ['11:5  perimeter.egressPolicies.a  a is also an ingress policy: titles are unique within a perimeter\nRename one of them.'],
  );

  answers('with lists that nothing reads', perimeter('  config: { vpcAccessibleServices: [run.googleapis.com], services: listed }\n'), [
    '8:13  perimeter.config.vpcAccessibleServices  has no effect with vpcAccessible: restricted\nRemove it, or write vpcAccessible: listed.',
    '8:68  perimeter.config.services  listed needs a list\nAdd serviceList, or write minimal.',
  ]);

  answers(
    'with a waiver without a reason',
    perimeter('  promotion:\n    waivers: [{ rule: ingress-0a1b2c3d, owner: nobody, reason: because, expires: "2026-12-31" }]\n'),
    [
      '9:48  perimeter.promotion.waivers.0.owner  nobody is not an email address',
      '9:64  perimeter.promotion.waivers.0.reason  because has 7 characters: at least 40 are allowed',
    ],
  );
});
