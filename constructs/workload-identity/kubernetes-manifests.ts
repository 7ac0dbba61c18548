import { stringify } from 'yaml';

/** A Kubernetes object. Names are Kubernetes' own. */
export interface Manifest {
  /** e.g. `v1`. */
  readonly apiVersion: string;
  /** e.g. `ServiceAccount`. */
  readonly kind: string;
  /** Name and place. */
  readonly metadata: {
    /** Of the object. */
    readonly name: string;
    /** Where it is; none for what belongs to the cluster. */
    readonly namespace?: string;
    /** Notes for programs. */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** One YAML document each, in the order in which they have to be applied. */
export const manifestFile = (manifests: readonly Manifest[]): string =>
  manifests.map((manifest) => stringify(manifest, { lineWidth: 0 })).join('---\n');

/** @param impersonated e-mail of the Google service account that the pods become; undefined: they stay themselves, and no annotation is needed */
export function serviceAccountManifest(namespace: string, name: string, impersonated?: string): Manifest {
  const annotations = impersonated === undefined ? undefined : { 'iam.gke.io/gcp-service-account': impersonated };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, ...(annotations && { annotations }) } };
}

export function configMapManifest(namespace: string, name: string, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { ...data } };
}

export interface FederatedPodProps {
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Name of the Kubernetes ServiceAccount. */
  readonly serviceAccount: string;
  /** Name of the ConfigMap that holds `credentials.json`. */
  readonly credentials: string;
  /** Name of the ConfigMap with the environment. */
  readonly environment: string;
  /** What the token is made for. */
  readonly audience: string;
}

export const CREDENTIALS_FILE = 'credentials.json';
const MOUNT = '/var/run/google';
/** Where the pod finds the token that Kubernetes makes for it. */
export const TOKEN_PATH = `${MOUNT}/token/token`;
/** Kubernetes renews it after four fifths of that. */
const TOKEN_SECONDS = 3600;

/** What a pod outside GKE needs: its token, and the file that says where to exchange it. Merge it into the template of a Deployment. */
export function federatedPodTemplate(props: FederatedPodProps): Manifest {
  const token = { audience: props.audience, expirationSeconds: TOKEN_SECONDS, path: 'token' };
  return {
    apiVersion: 'v1',
    kind: 'PodTemplate',
    metadata: { name: `${props.serviceAccount}-google`, namespace: props.namespace },
    template: {
      spec: {
        serviceAccountName: props.serviceAccount,
        containers: [
          {
            name: 'app',
            env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: `${MOUNT}/credentials/${CREDENTIALS_FILE}` }],
            envFrom: [{ configMapRef: { name: props.environment } }],
            volumeMounts: [
              { name: 'google-token', mountPath: `${MOUNT}/token`, readOnly: true },
              { name: 'google-credentials', mountPath: `${MOUNT}/credentials`, readOnly: true },
            ],
          },
        ],
        volumes: [
          { name: 'google-token', projected: { sources: [{ serviceAccountToken: token }] } },
          { name: 'google-credentials', configMap: { name: props.credentials } },
        ],
      },
    },
  };
}

/** What a Google service account may do in a cluster: Kubernetes decides, and knows it by its e-mail. */
export function clusterRoleManifests(name: string, namespace: string, email: string, rules: readonly KubernetesRule[]): Manifest[] {
  const group = 'rbac.authorization.k8s.io';
  const metadata = { name, namespace };
  return [
    { apiVersion: `${group}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${group}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: group, kind: 'Role', name },
      subjects: [{ apiGroup: group, kind: 'User', name: email }],
    },
  ];
}

/** A rule of a Role. */
export interface KubernetesRule {
  /** `""` is the core group. */
  readonly apiGroups: readonly string[];
  /** e.g. `pods`. */
  readonly resources: readonly string[];
  /** e.g. `get`. */
  readonly verbs: readonly string[];
}
