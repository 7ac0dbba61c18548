import { z } from 'zod';
import { access } from './identity-access';
import { identityProviders, namespace } from './identity-providers';
import { projectId, projectNumber, resourceName, serviceAccountEmail } from './values';

/** Who may do what, without keys. Subjects are made of named parts, so that none is free text, and no part takes a wildcard. */

const kubernetesServiceAccount = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'the name of a Kubernetes ServiceAccount: of a-z, 0-9, dash and dot');
const provider = z.string().min(1).describe('Name of the issuer under identity.providers.');
const ref = z.string().regex(/^[A-Za-z0-9._/-]+$/, 'one name, without a wildcard');
const environment = ref.optional().describe('Jobs that run in this environment.');
const branch = ref.optional().describe('Jobs of this branch.');
const cluster = z.strictObject({
  name: z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, 'the name of a cluster: at most 40 of a-z, 0-9 and dash'),
  location: z.string().regex(/^[a-z]+-[a-z]+\d{1,2}(-[a-z])?$/, 'a region or zone, e.g. europe-west4'),
});

const gke = z
  .strictObject({
    project: z
      .strictObject({ id: projectId, number: projectNumber })
      .optional()
      .describe("Project of the clusters. Default: the environment's."),
    clusters: z.array(cluster).min(1).describe('Clusters whose pods get identities. They exist already.'),
  })
  .describe('GKE clusters whose pods get identities.');

const workload = z.discriminatedUnion('platform', [
  z.strictObject({
    platform: z.literal('gke'),
    namespace,
    serviceAccount: kubernetesServiceAccount.optional().describe('Kubernetes ServiceAccount. Default: every pod of the namespace.'),
    impersonate: z.boolean().default(false).describe('Become a Google service account, for APIs that do not take pods as they are.'),
    access,
  }),
  z.strictObject({ platform: z.literal('kubernetes'), provider, namespace, serviceAccount: kubernetesServiceAccount, access }),
  z.strictObject({ platform: z.literal('aws'), provider, role: z.string().min(1).describe('Name of the role.'), access }),
  z.strictObject({ platform: z.literal('github'), provider, repository: z.string().min(1), environment, branch, access }),
  z.strictObject({ platform: z.literal('gitlab'), provider, project: z.string().min(1), environment, branch, access }),
  z.strictObject({
    platform: z.literal('oidc'),
    provider,
    subject: z.string().regex(/^[^\s*?]{1,127}$/, 'the whole claim sub, at most 127 characters, without a wildcard'),
    access,
  }),
  z.strictObject({
    platform: z.literal('cloud-run'),
    cluster: z
      .strictObject({
        ...cluster.shape,
        namespace,
        rules: z
          .array(z.strictObject({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) }))
          .min(1)
          .describe('What it may do in the namespace, as in a Role of Kubernetes.'),
      })
      .optional()
      .describe('A GKE cluster whose Kubernetes API it calls.'),
    access,
  }),
]);

const deploy = z
  .strictObject({
    provider,
    repository: z.string().min(1).describe('Repository, or project on GitLab, whose jobs deploy this environment.'),
    planEnvironment: ref
      .optional()
      .describe('Environment whose jobs plan. Default: the jobs of pull requests, which only GitHub tells apart.'),
    applyEnvironment: ref.describe('Protected environment whose jobs apply.'),
  })
  .describe('Identities of the pipeline: one that reads and plans, one that applies.');

const invoker = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('workload'), workload: z.string().min(1).describe('Name under identity.workloads.') }),
  z.strictObject({ kind: z.literal('group'), email: z.email('an e-mail address') }),
  z.strictObject({ kind: z.literal('user'), email: z.email('an e-mail address') }),
  z.strictObject({ kind: z.literal('service-account'), email: serviceAccountEmail }),
  z.strictObject({
    kind: z.literal('everybody'),
    reason: z.string().min(10).describe('Why it is right that IAM lets everybody through. It is read in reviews.'),
  }),
]);

export const identity = z
  .strictObject({
    modelLocation: z
      .string()
      .regex(/^[a-z]+(-[a-z]+\d{1,2})?$/, 'a location of Vertex AI, e.g. eu or europe-west4')
      .optional()
      .describe("Where applications call models: their GOOGLE_CLOUD_LOCATION. Default: the environment's region."),
    keylessPolicy: z
      .boolean()
      .default(false)
      .describe('Forbid service-account keys in the project, whoever asks. Whoever deploys needs roles/orgpolicy.policyAdmin.'),
    gke: gke.optional(),
    providers: identityProviders.default({}),
    poolGeneration: z
      .number()
      .int()
      .min(1)
      .max(999)
      .default(1)
      .describe('Raise it by one to make the pool again within 30 days of its deletion: until then Google keeps the name.'),
    workloads: z.record(resourceName(20), workload).default({}).describe('Programs and what they may do, by name.'),
    deploy: deploy.optional(),
    invokers: z.record(resourceName(40), invoker).default({}).describe('Who may call the gateway, by name.'),
  })
  .describe('Who may do what, without keys.');
