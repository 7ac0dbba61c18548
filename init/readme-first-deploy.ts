import { has, type Choices } from './choices';
import { hasDatabase } from './environments/gateway-section';
import { lines } from './repository-file';

/** Whoever knows the number of a project has it. */
const projects = ({ environments, projects, organization }: Choices): string[] =>
  environments
    .map((name) => projects[name])
    .filter(({ number }) => number === undefined)
    .flatMap(({ id }) => [
      `gcloud projects create ${id}${organization ? ` --organization=${organization}` : ''}`,
      `gcloud billing projects link ${id} --billing-account=BILLING_ACCOUNT`,
    ]);

/** One bucket holds the states of all; production has it. */
const stateProject = ({ environments, projects }: Choices): string => projects[environments.at(-1)!].id;

/** What has to be there before, and who does it. */
export function firstDeploy(choices: Choices): string {
  const { environments, group, zone, github } = choices;
  const [first = 'dev'] = environments;
  const create = projects(choices);
  const withKeys = environments.filter(hasDatabase);
  const gateway = has(choices, 'gateway');
  const needs = [
    'the projects',
    `the Google group \`${group}\``,
    gateway && `the public zone \`${zone.name}\` in Cloud DNS of ${zone.project ? `\`${zone.project}\`` : 'each project'}`,
  ];
  return lines(
    '## First deploy\n',
    `There have to be ${needs
      .filter(Boolean)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' and ')}.`,
    create.length > 0 && `\n\`\`\`sh\n${create.join('\n')}\n\`\`\``,
    '\nThe rest a script does, environment by environment, with your own credentials. It is read off the stacks, calls nothing before you run it, and says',
    `which roles you need${gateway ? ', and when to copy the image of the gateway (\`crane digest\` tells its digest)' : ''}:\n`,
    '```sh',
    `npm run --silent bootstrap -- ${first} --state-project ${stateProject(choices)} > first-deploy.sh    # read it`,
    'bash first-deploy.sh',
    gateway && withKeys.length > 0 && `npm run keys -- plan ${withKeys[0]}    # once ${withKeys[0]} is deployed: who gets which key`,
    '```',
    github &&
      '\nThe workflow [Provider locks](.github/workflows/provider-locks.yml) makes `terraform.lock.hcl`: commit it, and only providers with these hashes run.',
  );
}
