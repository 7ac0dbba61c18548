import { has, type Choices, type EnvironmentName } from '../choices';
import { fillIn } from '../fill-in';
import { lines } from '../repository-file';
import { OWN_ENDPOINT } from './endpoint-section';

/** Nobody is known who calls from outside: then the gateway is not there for the internet at all. */
export const frontDoorIsInside = ({ callers }: Choices): boolean => callers.length === 0;

/** Nobody has a domain that ends so. */
const toFillIn = ({ domain }: Choices): string => (domain.endsWith('.example') ? fillIn('a domain of yours, and its zone') : '');

export const gatewayDomain = ({ domain }: Choices, name: EnvironmentName): string =>
  name === 'prod' ? `llm.${domain}` : `llm.${name}.${domain}`;

/** A database is what costs and takes time: an environment to try things does without. */
export const hasDatabase = (name: EnvironmentName): boolean => name !== 'dev';

const WITHOUT_DATABASE = '  # The smallest there is. Keys, teams and budgets need a database: `database: { login: { kind: password } }`.';

const WITH_DATABASE = `  database:
    login:
      kind: password
  redis: {}
  # Their values are in Secret Manager only: \`npm run keys -- plan ENVIRONMENT\`.
  keys:
    team:
      description: The people who run this.
      models: [assistant, light]
      owner: team
      budget:
        usd: 100
        every: 1mo`;

const OWN_MODEL = `  models:
    own:
      description: Our own model.
      deployments:
        - provider: endpoint
          endpoint: ${OWN_ENDPOINT}
      timeoutSeconds: 120
      fallbacks: [light]`;

function zone({ zone: { name, project } }: Choices, indent: string): string {
  return lines('zone:', `  name: ${name}`, project !== undefined && `  project: ${project}`)
    .trimEnd()
    .replace(/^/gm, indent);
}

const inside = (
  choices: Choices,
  name: EnvironmentName,
): string => `  # From inside the network only. \`kind: external\` opens it to the internet.
  frontDoor:
    kind: internal
    domains:
      ${gatewayDomain(choices, name)}:${toFillIn(choices)}
        certificate:
          kind: managed
${zone(choices, '          ')}
    administration: open`;

const outside = (choices: Choices, name: EnvironmentName): string => `  # On the internet, for these addresses.
  frontDoor:
    kind: external
    domains:
      ${gatewayDomain(choices, name)}:${toFillIn(choices)}
${zone(choices, '        ')}
    callers:
      ranges: [${choices.callers.join(', ')}]
    administrators:
      ranges: [${choices.callers.join(', ')}]`;

/** What this environment's gateway has beside what all of them have. */
export const gatewaySection = (choices: Choices, name: EnvironmentName): string =>
  lines(
    'gateway:',
    hasDatabase(name) ? WITH_DATABASE : WITHOUT_DATABASE,
    has(choices, 'endpoint') && name === 'dev' && OWN_MODEL,
    frontDoorIsInside(choices) ? inside(choices, name) : outside(choices, name),
  );
