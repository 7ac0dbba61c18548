import { has, type Choices } from './choices';
import { fillIn } from './fill-in';
import { lines, type RepositoryFile } from './repository-file';

/** Who has to agree to a change of what protects. Undefined where nobody is known who could. */
export function codeowners(choices: Choices): RepositoryFile | undefined {
  const { github, securityTeam, environments } = choices;
  const owner = securityTeam ?? (github && `@${github.name.split('/')[0]}/security`);
  if (owner === undefined) return undefined;
  const row = (path: string): string => `${path.padEnd(36)}${owner}`;
  const text = lines(
    '# Whoever stands here has to agree. It counts only with "Require review from Code Owners" in the rules of the default branch.',
    securityTeam === undefined && `${fillIn('a team that exists, and may write to this repository')}`.trimStart(),
    '',
    '# What runs with the identities of the pipeline, and this file.',
    row('/.github/'),
    row('/package.json'),
    row('/package-lock.json'),
    row('/main.ts'),
    '',
    '# Who may do what, suppressions of the policy, and what all environments have.',
    row('/environments/shared.yaml'),
    environments.includes('prod') && row('/environments/prod.yaml'),
    has(choices, 'perimeter') && '\n# Perimeters: who gets in and out, and what was seen before it was enforced.',
    has(choices, 'perimeter') && environments.includes('staging') && row('/environments/staging.yaml'),
    has(choices, 'perimeter') && row('/environments/*.perimeter.json'),
  );
  return { path: '.github/CODEOWNERS', text };
}
