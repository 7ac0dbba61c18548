import { has, type Choices, type EnvironmentName } from '../choices';
import { fillIn, PLACEHOLDER } from '../fill-in';
import { lines } from '../repository-file';
import { frontDoorIsInside } from './gateway-section';

function accessPolicy({ accessPolicy, organization }: Choices, name: EnvironmentName): string {
  if (accessPolicy !== undefined) return `  accessPolicy:\n    source: existing\n    number: "${accessPolicy}"`;
  return `  # For this project alone. Where the organization has one for all: source: existing, and its number.
  accessPolicy:
    source: created
    organization: "${organization ?? PLACEHOLDER.organization}"${organization === undefined ? fillIn('gcloud organizations list') : ''}
    title: ${name}`;
}

const operators = (group: string): string => `    # People, with their own credentials.
    operators:
      from:
        identities:
          - group:${group}
        anywhere: true
      to:
        projects: ["*"]
        operations:
          "*": {}`;

const deployer = (project: string, name: EnvironmentName): string => `    # Runners of GitHub have no addresses of their own.
    deployer:
      from:
        identities:
          - serviceAccount:${name}-deployer@${project}.iam.gserviceaccount.com
          - serviceAccount:${name}-viewer@${project}.iam.gserviceaccount.com
        anywhere: true
      to:
        projects: ["*"]
        operations:
          "*": {}`;

const gatewayCallers = (
  number: string,
): string => `    # Cloud Run is asked before it is known who calls: Cloud Armor, IAM and the gateway's keys ask that.
    gateway:
      from:
        identityType: any
        accessLevels: [gateway_callers]
      to:
        projects: ["${number}"]
        operations:
          run.googleapis.com:
            methods: [run.googleapis.com/HttpIngress]`;

const accessLevels = (callers: readonly string[]): string => `  accessLevels:
    gateway_callers:
      kind: conditions
      description: From where the gateway is called.
      conditions:
        - ipRanges: [${callers.join(', ')}]`;

/** Logs what it would deny, and denies nothing: what breaks is seen before anything does. */
export function perimeterSection(choices: Choices, name: EnvironmentName): string {
  const { id, number = PLACEHOLDER.project[name] } = choices.projects[name];
  const calledFromOutside = has(choices, 'gateway') && !frontDoorIsInside(choices);
  const policies = ['operators', choices.github && 'deployer', calledFromOutside && 'gateway'].filter(Boolean);
  return lines(
    `# Logs what it would deny, and denies nothing. \`npm run perimeter -- report ${name} --log LOG\` says what stands between this and enforcing it.`,
    'perimeter:',
    accessPolicy(choices, name),
    '  mode: dry-run',
    calledFromOutside && accessLevels(choices.callers),
    '  ingressPolicies:',
    operators(choices.group),
    choices.github && deployer(id, name),
    calledFromOutside && gatewayCallers(number),
    '  config:',
    '    services: minimal',
    has(choices, 'gateway') && "    # The gateway's counters.\n    serviceList: [redis.googleapis.com]",
    `    ingress: [${policies.join(', ')}]`,
  );
}
