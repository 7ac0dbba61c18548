import { namespaceProblems, serviceAccountProblems } from '../values';
import { exactSubject, type Issuer, type IssuerSettings, isOneOf, type PoolSubject } from './issuer';

export interface KubernetesProps {
  /** As `kubectl get --raw /.well-known/openid-configuration` says. */
  readonly issuerUri: string;
  /** Namespaces whose pods may come. Each cluster has an issuer of its own; inside, namespaces are what people are kept apart by. */
  readonly namespaces: readonly string[];
  /**
   * Public keys of the cluster as JSON, for one whose issuer cannot be reached from the internet. They have to follow its rotation.
   * @default Google fetches them from the issuer
   */
  readonly jwksJson?: string;
}

export interface EksProps extends Pick<KubernetesProps, 'namespaces'> {
  /** AWS region, e.g. eu-central-1. */
  readonly region: string;
  /** Last part of the cluster's issuer: `aws eks describe-cluster --name NAME --query cluster.identity.oidc.issuer`. */
  readonly issuerId: string;
}

/** A Kubernetes ServiceAccount of the cluster. */
export interface KubernetesSubject {
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Name of the Kubernetes ServiceAccount. */
  readonly serviceAccount: string;
}

const NAMESPACE = "assertion['kubernetes.io']['namespace']";

/** Pods of a cluster that is not GKE. */
export class Kubernetes implements Issuer<KubernetesSubject> {
  /** Pods of an EKS cluster. */
  static eks({ region, issuerId, namespaces }: EksProps): Kubernetes {
    const problems = [
      ...(/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)
        ? []
        : [`\`region\` must be an AWS region, e.g. eu-central-1, got: ${JSON.stringify(region)}.`]),
      ...(/^[0-9A-F]{32}$/.test(issuerId)
        ? []
        : [`\`issuerId\` must be the 32 digits at the end of the issuer, got: ${JSON.stringify(issuerId)}.`]),
    ];
    return new Kubernetes({ issuerUri: `https://oidc.eks.${region}.amazonaws.com/id/${issuerId}`, namespaces }, problems);
  }

  readonly settings: IssuerSettings;

  constructor(
    private readonly props: KubernetesProps,
    private readonly found: readonly string[] = [],
  ) {
    this.settings = {
      oidc: { issuerUri: props.issuerUri, jwksJson: props.jwksJson },
      mapping: { 'google.subject': 'assertion.sub', 'attribute.namespace': NAMESPACE },
      condition: isOneOf(NAMESPACE, props.namespaces),
    };
  }

  problems(): string[] {
    const { issuerUri, namespaces } = this.props;
    return [
      ...this.found,
      ...(/^https:\/\/[^\s?#*]+$/.test(issuerUri) ? [] : [`\`issuerUri\` must be an https:// address, got: ${JSON.stringify(issuerUri)}.`]),
      ...(namespaces.length === 0 ? ['`namespaces` must have at least one element.'] : []),
      ...namespaces.flatMap(namespaceProblems),
    ];
  }

  identify({ namespace, serviceAccount }: KubernetesSubject): PoolSubject {
    const { namespaces } = this.props;
    const unknown = namespaces.includes(namespace)
      ? []
      : [`the condition of the provider lets only the namespaces ${namespaces.join(', ')} in, not ${JSON.stringify(namespace)}.`];
    const problems = [...namespaceProblems(namespace), ...serviceAccountProblems(serviceAccount), ...unknown];
    return exactSubject(`system:serviceaccount:${namespace}:${serviceAccount}`, problems);
  }
}
