import { has, type Choices } from '../choices';
import { fillIn, PLACEHOLDER } from '../fill-in';
import { lines, type RepositoryFile } from '../repository-file';

/** Where Google serves Gemini so that data stays on the continent; elsewhere it may go anywhere. */
const modelLocation = (region: string): string => (region.startsWith('europe-') ? 'eu' : region.startsWith('us-') ? 'us' : 'global');

const head = ({ name, region }: Choices): string => `# yaml-language-server: $schema=shared.schema.json
#
# What the environments have in common. Same keys as an environment file, all optional; an environment's own value wins.

region: ${region}

labels:
  managed-by: terraform

# The bucket exists before the first deploy, and keeps versions: README.md says how.
state:
  backend: gcs
  bucket: ${name}-ai-terraform-state
`;

const gateway = ({ region }: Choices): string => `images:
  repositories:
    gateway:
      description: Images of the model gateway.
      keepVersions: 50

secrets:
  gateway-master-key:
    source: generated
    prefix: sk-
    length: 48
  gateway-salt-key:
    source: generated
    length: 48

# Models that Google serves. \`npm run models\` says until when.
managedModels:
  gemini-3.8-flash:
    location: ${modelLocation(region)}
  gemini-3.5-flash-lite:
    location: ${modelLocation(region)}

# LiteLLM, the same image everywhere: what was tried before is what customers use.
gateway:
  image:
    repository: gateway
    name: litellm
    version: 1.106.2
    digest: ${PLACEHOLDER.digest}${fillIn('digest of the image of LiteLLM 1.106.2 in your repository (README.md)')}
  # Another one makes unreadable what is kept with this one, so it stands here once more.
  saltKey:
    confirmed: gateway-salt-key/1
  # What clients ask for. A group whose tries have failed sends the request to the next one; the last resort, to none.
  models:
    assistant:
      description: Answers people.
      deployments:
        - provider: managed
          model: gemini-3.8-flash
      fallbacks: [light]
    light:
      description: Short tasks, and what the others cannot serve.
      deployments:
        - provider: managed
          model: gemini-3.5-flash-lite
      timeoutSeconds: 120
      lastResort: true
  # Every model name that Gemini CLI asks for leads to one of these.
  geminiCli:
    pro: assistant
    flash: assistant
    flashLite: light
`;

/** Names can be given to others, so the numbers count. */
function identity({ github, group }: Choices): string {
  const [owner] = github?.name.split('/') ?? [];
  return lines(
    '# Who may do what. Nobody has a key.',
    'identity:',
    github && '  providers:\n    github:\n      issuer: github',
    github && `      ownerId: "${github.ownerId ?? PLACEHOLDER.githubId}"${github.ownerId ? '' : fillIn(`gh api users/${owner} --jq .id`)}`,
    github && '      repositories:',
    github &&
      `        ${github.name}: "${github.id ?? PLACEHOLDER.githubId}"${github.id ? '' : fillIn(`gh api repos/${github.name} --jq .id`)}`,
    '  invokers:',
    '    team:',
    '      kind: group',
    `      email: ${group}${group.endsWith('.example') ? fillIn('a Google group that exists; it stands in other files too') : ''}`,
  );
}

const aws = ({ awsRegion }: Choices): string => `aws:
  region: ${awsRegion}
`;

const policy = ({ group }: Choices): string => `# Findings of the policy that somebody answers for.
policy:
  suppressions:
    deploy-identity:
      rule: IAM-007
      path: "*-identity/Deploy/Admin/**"
      reason: What deploys an environment administers what is in it. Only a protected environment of GitHub can act as this identity.
      owner: ${group}
`;

/** `environments/shared.yaml`. */
export function sharedFile(choices: Choices): RepositoryFile {
  const sections = [
    head(choices),
    has(choices, 'gateway') && gateway(choices),
    identity(choices),
    has(choices, 'registry') && aws(choices),
    choices.github && policy(choices),
  ];
  return { path: 'environments/shared.yaml', text: sections.filter(Boolean).join('\n') };
}
