import { has, type Choices, type EnvironmentName } from '../choices';
import { fillIn, PLACEHOLDER } from '../fill-in';
import { lines, type RepositoryFile } from '../repository-file';
import { endpointSection } from './endpoint-section';
import { frontDoorIsInside, gatewaySection } from './gateway-section';
import { perimeterSection } from './perimeter-section';
import { policySection } from './policy-section';
import { registrySection } from './registry-section';
import { TIERS } from './tiers';

function head(choices: Choices, name: EnvironmentName): string {
  const { tier, purpose, subnet, proxySubnet } = TIERS[name];
  const { id, number } = choices.projects[name];
  const unknown = fillIn(`gcloud projects describe ${id} --format='value(projectNumber)'`);
  return lines(
    '# yaml-language-server: $schema=environment.schema.json',
    '#',
    `# ${purpose}`,
    '',
    `tier: ${tier}`,
    '',
    'project:',
    `  id: ${id}`,
    `  number: "${number ?? PLACEHOLDER.project[name]}"${number === undefined ? unknown : ''}`,
    '',
    'network:',
    `  subnet: ${subnet}`,
    has(choices, 'gateway') && frontDoorIsInside(choices) && `  proxySubnet: ${proxySubnet}`,
    name === 'dev' &&
      has(choices, 'gateway') &&
      has(choices, 'endpoint') &&
      '  # The endpoint is reached by a name outside Google APIs.\n  nat: true',
    name === 'prod' && '  flowLogs: true',
  );
}

/** Keys of one's own, for what production keeps. */
const encryption = `encryption:
  protectionLevel: hsm
`;

const deploy = ({ github }: Choices, name: EnvironmentName): string | undefined =>
  github &&
  `# The pipeline: whoever is in \`${name}-plan\` reads and plans, whoever is in \`${name}\` applies (environments of GitHub).
identity:
  deploy:
    provider: github
    repository: ${github.name}
    planEnvironment: ${name}-plan
    applyEnvironment: ${name}
`;

/** `environments/<name>.yaml`. */
export function environmentFile(choices: Choices, name: EnvironmentName): RepositoryFile {
  const sections = [
    head(choices, name),
    name === 'prod' && encryption,
    has(choices, 'endpoint') && endpointSection(choices, name),
    has(choices, 'gateway') && gatewaySection(choices, name),
    deploy(choices, name),
    has(choices, 'perimeter') && name !== 'dev' && perimeterSection(choices, name),
    has(choices, 'registry') && registrySection(choices, name),
    policySection(choices, name),
  ];
  return { path: `environments/${name}.yaml`, text: sections.filter(Boolean).join('\n') };
}
