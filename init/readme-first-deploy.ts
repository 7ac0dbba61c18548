import { has, type Choices } from './choices';
import { hasDatabase } from './environments/gateway-section';
import { lines } from './repository-file';

const projects = ({ environments, projects, organization }: Choices): string[] =>
  environments.flatMap((name) => {
    const { id, number } = projects[name];
    // Who knows its number has it.
    const create = number === undefined ? [`gcloud projects create ${id}${organization ? ` --organization=${organization}` : ''}`] : [];
    return [
      ...create,
      `gcloud billing projects link ${id} --billing-account=BILLING_ACCOUNT`,
      `gcloud services enable serviceusage.googleapis.com cloudresourcemanager.googleapis.com --project=${id}`,
    ];
  });

/** Google makes these accounts when a service is first used, which is too late for a key that they are to use. */
const agents = ({ environments, projects }: Choices): string[] =>
  environments.includes('prod')
    ? ['secretmanager', 'artifactregistry'].map(
        (service) => `gcloud beta services identity create --service=${service}.googleapis.com --project=${projects.prod.id}`,
      )
    : [];

function bucket({ name, environments, projects, region }: Choices): string[] {
  const home = projects[environments.at(-1)!].id;
  const address = `gs://${name}-ai-terraform-state`;
  return [
    `gcloud storage buckets create ${address} --project=${home} --location=${region} --uniform-bucket-level-access --public-access-prevention`,
    `gcloud storage buckets update ${address} --versioning`,
  ];
}

function images(choices: Choices): string {
  const { projects, region, environments } = choices;
  const [first = 'dev'] = environments;
  return `
The gateway runs an image by its digest, from the environment's own repository. The foundation makes the repository, so it goes first; \`crane\` copies an
image as it is, and the digest stays the same. TAG is that of LiteLLM 1.106.2:

\`\`\`sh
npx cdktf deploy ${first}-foundation
crane digest ghcr.io/berriai/litellm:TAG     # into environments/shared.yaml, gateway.image.digest
crane copy ghcr.io/berriai/litellm:TAG ${region}-docker.pkg.dev/${projects[first].id}/${first}-gateway/litellm:1.106.2
\`\`\`
`;
}

/** What has to be there before the first deploy, as commands for whoever may create projects. */
export function firstDeploy(choices: Choices): string {
  const { environments, group, zone } = choices;
  const [first = 'dev'] = environments;
  const withKeys = environments.filter(hasDatabase);
  return lines(
    '## First deploy\n',
    `Once, by somebody who may create projects. Also there: the Google group \`${group}\`${
      has(choices, 'gateway')
        ? `, and the public zone \`${zone.name}\` in Cloud DNS${zone.project ? ` of \`${zone.project}\`` : ' of each project'}`
        : ''
    }.\n`,
    '```sh',
    ...projects(choices),
    ...bucket(choices),
    ...agents(choices),
    '```',
    has(choices, 'gateway') && images(choices).trimEnd(),
    '\nThen, with your own credentials (`gcloud auth application-default login`):\n',
    '```sh',
    `npx cdktf deploy '${first}-*'`,
    has(choices, 'gateway') && withKeys.length > 0 && `npm run keys -- plan ${withKeys[0]}      # when it is deployed: who gets which key`,
    '```',
  );
}
