import { has, type Choices } from './choices';
import { gatewayDomain } from './environments/gateway-section';
import type { Gap } from './fill-in';
import { firstDeploy } from './readme-first-deploy';
import { pipeline } from './readme-pipeline';
import type { RepositoryFile } from './repository-file';

const what = (choices: Choices): string =>
  [
    has(choices, 'gateway') && 'a gateway for Gemini (LiteLLM on Cloud Run)',
    has(choices, 'endpoint') && 'an endpoint for a model of our own',
    has(choices, 'perimeter') && 'a service perimeter',
    has(choices, 'registry') && 'an ECR registry',
    'the network',
    'who may do what',
  ]
    .filter(Boolean)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');

const title = (choices: Choices): string => `# ${choices.name}: models on Google Cloud

One file an environment, in [environments/](environments), describes ${what(choices)}.
What they have in common stands in [environments/shared.yaml](environments/shared.yaml). Made with \`npx cdktf-vertex-gateway init\`; from now on it is yours.
`;

const firstCommands = ({ environments: [first] }: Choices): string => `## First

You need Node 20.9 to 22, and Terraform or OpenTofu 1.11 or newer. No account, and no credentials.

\`\`\`sh
npm install                 # writes package-lock.json: commit it, the workflows install from it
npm run check               # every mistake in every environment file, with line and column
npm run rehearse -- ${(first ?? '').padEnd(7)} # real Terraform deploys it on this machine, and looks for secrets that got out
npm run policy              # what the rules say, e.g. what production still needs
npm run rehearse -- --all   # every environment
\`\`\`

In an editor that knows YAML schemas, a file in \`environments/\` completes and explains itself.
`;

const gapsTable = (gaps: readonly Gap[]): string => `## To fill in

A rehearsal does without. The first real deploy does not. \`grep -rn 'Fill in:' environments .github\` says what is left:

| file | what |
| ---- | ---- |
${[...new Set(gaps.map(({ file, what }) => `| ${file} | ${withCode(what)} |`))].join('\n')}
`;

/** A command is shown as one. */
const withCode = (what: string): string => (/^(gcloud|gh) /.test(what) ? `\`${what}\`` : what);

/** Findings that only time and people can take away: they are warnings, and stay until then. */
function warnings(choices: Choices): string | undefined {
  if (!choices.environments.includes('prod')) return undefined;
  const rows = [
    ['TF-002', 'a key of your own for the state: `state.kmsKey`'],
    ...(has(choices, 'perimeter')
      ? [
          ['VSC-022', 'the perimeter only logs: `npm run perimeter -- report prod --log LOG` says when it can be enforced'],
          ['LOG-005', 'somebody whom alerts reach: `perimeter.notificationChannels`'],
        ]
      : []),
    ...(has(choices, 'registry') && choices.environments.length > 1
      ? [['ECR-003', 'a key of your own for images on AWS: `registry.encryptionKey`']]
      : []),
  ];
  return `## What production still needs

No error stands in the way; \`npm run policy\` warns until these are there:

| rule | what |
| ---- | ---- |
${rows.map(([rule, text]) => `| ${rule} | ${text} |`).join('\n')}
`;
}

const day = (choices: Choices): string => `## Every day

\`\`\`sh
npm run rehearse -- ${choices.environments[0]} --from HEAD    # what my change does to the environment as it is committed
npm run review -- --all --base origin/main    # the report that a reviewer reads
npm run graph -- ${choices.environments.at(-1)} --out picture.svg    # what there is, and who may do what
npm run models    # until when the models that we use are there
\`\`\`
${
  has(choices, 'gateway')
    ? `
The gateway answers at ${choices.environments.map((name) => `\`https://${gatewayDomain(choices, name)}\``).join(', ')}. The stack of each gateway hands over
settings for its clients: \`cdktf.out/stacks/<environment>-gateway/handover/\`.
`
    : ''
}`;

/** `README.md` of the new repository. */
export function readme(choices: Choices, gaps: readonly Gap[]): RepositoryFile {
  const sections = [
    title(choices),
    firstCommands(choices),
    gaps.length > 0 && gapsTable(gaps),
    firstDeploy(choices),
    choices.github && pipeline(choices, choices.github),
    warnings(choices),
    day(choices),
  ];
  return { path: 'README.md', text: sections.filter(Boolean).join('\n') };
}
