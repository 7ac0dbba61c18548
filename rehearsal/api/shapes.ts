import { invalid } from './service-error';

/**
 * The form of a request body: what the service's JSON parser knows. A name that is not here is an error there, so it is one here.
 * `split` is a map of deployed-model ids to whole per cent.
 */
type Shape = 'string' | 'integer' | 'boolean' | 'split' | readonly [Shape] | { readonly [name: string]: Shape };

const AUTOSCALING = [{ metricName: 'string', target: 'integer' }] as const;

/** google.cloud.aiplatform.v1 DeployedModel, without its output-only fields and what only tuned or explained models use. */
const DEPLOYED_MODEL: Shape = {
  id: 'string',
  model: 'string',
  displayName: 'string',
  serviceAccount: 'string',
  enableAccessLogging: 'boolean',
  disableContainerLogging: 'boolean',
  dedicatedResources: {
    machineSpec: { machineType: 'string', acceleratorType: 'string', acceleratorCount: 'integer' },
    minReplicaCount: 'integer',
    maxReplicaCount: 'integer',
    requiredReplicaCount: 'integer',
    spot: 'boolean',
    autoscalingMetricSpecs: AUTOSCALING,
  },
};

export const REQUESTS = {
  deployModel: { deployedModel: DEPLOYED_MODEL, trafficSplit: 'split' },
  undeployModel: { deployedModelId: 'string', trafficSplit: 'split' },
  mutateDeployedModel: { deployedModel: DEPLOYED_MODEL, updateMask: 'string' },
  patch: { name: 'string', trafficSplit: 'split' },
  wait: { timeout: 'string' },
  // google.iam.v1 Policy, without audit configurations: an endpoint has none.
  setIamPolicy: {
    policy: {
      version: 'integer',
      etag: 'string',
      bindings: [{ role: 'string', members: ['string'], condition: { title: 'string', expression: 'string', description: 'string' } }],
    },
  },
  generateAccessToken: { scope: ['string'], lifetime: 'string', delegates: ['string'] },
} as const satisfies Record<string, Shape>;

/** Throws what the service would say of a body that it cannot read. */
export function demandShape(body: unknown, shape: Shape, path = ''): void {
  const at = path ? ` at '${path}'` : '';
  if (Array.isArray(shape)) {
    if (!Array.isArray(body)) throw invalid(`Invalid value${at}: a list is expected.`);
    body.forEach((item, index) => demandShape(item, shape[0] as Shape, `${path}[${index}]`));
  } else if (shape === 'integer') {
    if (!Number.isInteger(body)) throw invalid(`Invalid value${at} (TYPE_INT32), ${JSON.stringify(body)}`);
  } else if (shape === 'string' || shape === 'boolean') {
    if (typeof body !== shape)
      throw invalid(`Invalid value${at} (TYPE_${shape === 'string' ? 'STRING' : 'BOOL'}), ${JSON.stringify(body)}`);
  } else {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid(`Invalid value${at}: an object is expected.`);
    for (const [name, value] of Object.entries(body)) {
      const field = path ? `${path}.${name}` : name;
      if (shape === 'split') demandShape(value, 'integer', field);
      else if (!(name in shape)) throw invalid(`Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`);
      else demandShape(value, (shape as Record<string, Shape>)[name] as Shape, field);
    }
  }
}
