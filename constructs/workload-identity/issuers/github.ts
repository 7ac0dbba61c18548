import { subjectPart } from '../values';
import { exactSubject, type Issuer, type IssuerSettings, isOneOf, numericIdProblem, type PoolSubject } from './issuer';

export interface GithubProps {
  /** Number of the organization or user: `gh api users/NAME --jq .id`. A name can be given up and taken by somebody else. */
  readonly ownerId: string;
  /** Numbers of the repositories whose workflows may come, by OWNER/NAME: `gh api repos/OWNER/NAME --jq .id`. */
  readonly repositories: Readonly<Record<string, string>>;
}

/** A job of a workflow. A job that names an environment is that environment's, whatever its branch. */
export type GithubSubject = { readonly repository: string } & (
  { readonly environment: string } | { readonly branch: string } | { readonly tag: string } | { readonly pullRequests: true }
);

const REPOSITORY = /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/;
const REF = /^[A-Za-z0-9._/-]+$/;
const ENVIRONMENT = /^[A-Za-z0-9._ -]+$/;

/** GitHub Actions. The issuer is the same for everybody on GitHub, so the condition pins owner and repositories by number. */
export class Github implements Issuer<GithubSubject> {
  readonly settings: IssuerSettings;

  constructor(private readonly props: GithubProps) {
    const ids = Object.values(props.repositories);
    this.settings = {
      // No allowed audiences: Google then takes only the name of the provider itself, which the official action asks for.
      oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
      mapping: { 'google.subject': 'assertion.sub', 'attribute.repository_id': 'assertion.repository_id' },
      condition: [isOneOf('assertion.repository_owner_id', [props.ownerId]), isOneOf('assertion.repository_id', ids)].join(' && '),
    };
  }

  problems(): string[] {
    const repositories = Object.entries(this.props.repositories);
    return [
      ...numericIdProblem('ownerId', this.props.ownerId, 'gh api users/NAME --jq .id prints it.'),
      ...(repositories.length === 0 ? ['`repositories` must have at least one element.'] : []),
      ...repositories.flatMap(([name, id]) => [
        ...subjectPart('repository', name, REPOSITORY, 'OWNER/NAME'),
        ...numericIdProblem(`repositories.${name}`, id, `gh api repos/${name} --jq .id prints it.`),
      ]),
    ];
  }

  identify(subject: GithubSubject): PoolSubject {
    const known = Object.keys(this.props.repositories);
    const unknown = known.includes(subject.repository)
      ? []
      : [`the condition of the provider lets only ${known.join(', ')} in, not ${JSON.stringify(subject.repository)}.`];
    const [context, problems] = contextOf(subject);
    return exactSubject(`repo:${subject.repository}:${context}`, [...unknown, ...problems]);
  }
}

/** As GitHub writes the end of the claim `sub`. */
function contextOf(subject: GithubSubject): [string, string[]] {
  if ('environment' in subject) {
    const problems = subjectPart('environment', subject.environment, ENVIRONMENT, 'the name of an environment');
    return [`environment:${subject.environment}`, problems];
  }
  if ('branch' in subject) return [`ref:refs/heads/${subject.branch}`, subjectPart('branch', subject.branch, REF, 'the name of a branch')];
  if ('tag' in subject) return [`ref:refs/tags/${subject.tag}`, subjectPart('tag', subject.tag, REF, 'the name of a tag')];
  return ['pull_request', []];
}
