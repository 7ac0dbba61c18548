import { has, type Choices, type Repository } from './choices';

/** How GitHub gets to deploy, after the first deploy has made the identities that it uses. */
export function pipeline(choices: Choices, github: Repository): string {
  const { environments, projects } = choices;
  const last = environments.at(-1)!;
  const rows = environments.flatMap((name) => [
    `| \`${name}-plan\` | \`${name}-viewer@${projects[name].id}.iam.gserviceaccount.com\` | |`,
    `| \`${name}\` | \`${name}-deployer@${projects[name].id}.iam.gserviceaccount.com\` | only from \`main\`${name === 'prod' ? ', with required reviewers and no self-review' : ''} |`,
  ]);
  const aws = has(choices, 'registry')
    ? ' For AWS also `AWS_ROLE` and `AWS_REGION`: a role that may read in the first of the two, one that may write in the second.'
    : '';
  return `## The pipeline

| workflow | when | what |
| -------- | ---- | ---- |
| [Check](.github/workflows/check.yml) | every pull request | check, types, synth, policy |
| [Review](.github/workflows/review.yml) | every pull request, forks too | what it would do to every environment, rehearsed without credentials, as a comment |
| [Plan](.github/workflows/plan.yml) | pull requests of this repository | a real plan of each environment, its review, its fingerprint |
| [Apply](.github/workflows/apply.yml) | push to \`main\` | exactly the plan that was reviewed, or nothing: ${environments.join(', then ')} |
| [Drift](.github/workflows/drift.yml) | every night | an issue for each environment that is not as it is configured |

The first deploy of an environment is a person's: it makes the identities that the pipeline uses. Then, in the settings of \`${github.name}\`, two
environments each, with two variables: \`GCP_SERVICE_ACCOUNT\` from this table, and \`GCP_WORKLOAD_IDENTITY_PROVIDER\`, which
\`gcloud iam workload-identity-pools providers list --location=global --workload-identity-pool=federation-${last} --project=${projects[last].id}\` names
for ${last}.${aws}

| environment on GitHub | GCP_SERVICE_ACCOUNT | protection |
| --------------------- | ------------------- | ---------- |
${rows.join('\n')}

${
  has(choices, 'perimeter')
    ? `No identity inside a project can be given the access policy: whoever may grants \`roles/accesscontextmanager.policyAdmin\` on it to the deployers, and
\`roles/accesscontextmanager.policyReader\` to the viewers.

`
    : ''
}Protect \`main\`: branches up to date before merging (else the files that are merged are not those that were planned)${
    choices.securityTeam === undefined
      ? ''
      : `, and a review from ${choices.securityTeam} where [.github/CODEOWNERS](.github/CODEOWNERS) says so`
  }.
`;
}
