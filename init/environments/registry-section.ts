import type { Choices, EnvironmentName } from '../choices';
import { fillIn, PLACEHOLDER } from '../fill-in';
import { lines } from '../repository-file';

/** Repositories whose images somebody has looked at; what is pushed there in one environment goes on to the next. */
const APPROVED = 'approved';

function account({ awsAccounts }: Choices, name: EnvironmentName, indent: string): string {
  const known = awsAccounts[name];
  return `${indent}accountId: "${known ?? PLACEHOLDER.awsAccount[name]}"${known === undefined ? fillIn(`the AWS account of ${name}`) : ''}`;
}

/** Production takes what staging has pushed; without a staging environment, what dev has. */
const approves = ({ environments }: Choices): EnvironmentName | undefined =>
  environments.includes('prod') ? environments.filter((name) => name !== 'prod').at(-1) : undefined;

const CACHES = `  # Public images come through here, and stay when the registry they come from is down.
  caches:
    ecr-public:
      upstream: ecr-public
    kubernetes:
      upstream: kubernetes`;

const sends = (choices: Choices): string => `  # What is pushed to ${APPROVED}/ here, production gets.
  replications:
    - prefixes: [${APPROVED}]
      to:
${account(choices, 'prod', '        - ')}
          region: ${choices.awsRegion}`;

const takes = (
  choices: Choices,
  from: EnvironmentName,
): string => `  # Nothing from public registries: what ${from} has pushed to ${APPROVED}/ comes here, before anybody asks for it.
  trustedRegistries:
${account(choices, from, '    - ')}
      region: ${choices.awsRegion}
  promotions:
    ${APPROVED}:
      by: replication
      from:
${account(choices, from, '        ')}
        region: ${choices.awsRegion}
      keepImages: 200`;

export function registrySection(choices: Choices, name: EnvironmentName): string {
  const approving = approves(choices);
  return lines(
    'aws:',
    account(choices, name, '  '),
    '',
    'registry:',
    name === 'prod' && '  scanning: enhanced',
    name === 'prod' && approving !== undefined && takes(choices, approving),
    name !== 'prod' && CACHES,
    name === approving && sends(choices),
  );
}
