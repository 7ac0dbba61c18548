import { subjectPart } from '../values';
import { exactSubject, type Issuer, type IssuerSettings, isOneOf, numericIdProblem, type PoolSubject } from './issuer';

export interface GitlabProps {
  /**
   * Host of the instance.
   * @default gitlab.com, which everybody shares
   */
  readonly host?: string;
  /** Numbers of the projects whose pipelines may come, by GROUP/PROJECT: Settings → General, or `glab api projects/:id`. */
  readonly projects: Readonly<Record<string, string>>;
}

/** A job of a pipeline. An environment counts only if it is protected: else whoever may push decides about it. */
export type GitlabSubject = { readonly project: string } & (
  { readonly environment: string } | { readonly branch: string } | { readonly tag: string }
);

const PROJECT = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/;
const REF = /^[A-Za-z0-9._/-]+$/;
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The claim `sub` of GitLab does not know the environment, so an attribute does. */
const ENVIRONMENT =
  "has(assertion.environment) && assertion.environment_protected == 'true' ? assertion.project_id + '/' + assertion.environment : 'none'";

/** GitLab CI. The condition pins projects by number, on an instance of one's own too: there, projects are renamed as well. */
export class Gitlab implements Issuer<GitlabSubject> {
  readonly settings: IssuerSettings;

  constructor(private readonly props: GitlabProps) {
    this.settings = {
      oidc: { issuerUri: `https://${props.host ?? 'gitlab.com'}` },
      mapping: { 'google.subject': 'assertion.sub', 'attribute.environment': ENVIRONMENT },
      condition: isOneOf('assertion.project_id', Object.values(props.projects)),
    };
  }

  problems(): string[] {
    const { host, projects } = this.props;
    return [
      ...(host === undefined || HOST.test(host) ? [] : [`\`host\` must be a host name without https://, got: ${JSON.stringify(host)}.`]),
      ...(Object.keys(projects).length === 0 ? ['`projects` must have at least one element.'] : []),
      ...Object.entries(projects).flatMap(([path, id]) => [
        ...subjectPart('project', path, PROJECT, 'GROUP/PROJECT'),
        ...numericIdProblem(`projects.${path}`, id, 'It stands under the name of the project.'),
      ]),
    ];
  }

  identify(subject: GitlabSubject): PoolSubject {
    const id = this.props.projects[subject.project];
    const known = Object.keys(this.props.projects).join(', ');
    const unknown =
      id === undefined ? [`the condition of the provider lets only ${known} in, not ${JSON.stringify(subject.project)}.`] : [];
    if ('environment' in subject) {
      const problems = subjectPart('environment', subject.environment, REF, 'the name of an environment');
      return { kind: 'principalSet', path: `attribute.environment/${id}/${subject.environment}`, problems: [...unknown, ...problems] };
    }
    const [kind, ref] = 'branch' in subject ? ['branch', subject.branch] : ['tag', subject.tag];
    const problems = subjectPart(kind, ref, REF, `the name of a ${kind}`);
    return exactSubject(`project_path:${subject.project}:ref_type:${kind}:ref:${ref}`, [...unknown, ...problems]);
  }
}
