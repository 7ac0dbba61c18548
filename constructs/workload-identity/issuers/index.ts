import { Aws, type AwsProps } from './aws';
import { Github, type GithubProps } from './github';
import { Gitlab, type GitlabProps } from './gitlab';
import { type EksProps, Kubernetes, type KubernetesProps } from './kubernetes';
import { Oidc, type OidcProps } from './oidc';

/** Who can vouch for a program outside Google Cloud. */
export const Issuers = {
  github: (props: GithubProps): Github => new Github(props),
  gitlab: (props: GitlabProps): Gitlab => new Gitlab(props),
  aws: (props: AwsProps): Aws => new Aws(props),
  eks: (props: EksProps): Kubernetes => Kubernetes.eks(props),
  kubernetes: (props: KubernetesProps): Kubernetes => new Kubernetes(props),
  oidc: (props: OidcProps): Oidc => new Oidc(props),
} as const;

export type { AwsProps, AwsSubject } from './aws';
export type { GithubProps, GithubSubject } from './github';
export type { GitlabProps, GitlabSubject } from './gitlab';
export type { Issuer, IssuerSettings, PoolSubject } from './issuer';
export type { EksProps, KubernetesProps, KubernetesSubject } from './kubernetes';
export type { OidcProps, OidcSubject } from './oidc';
