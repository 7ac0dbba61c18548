import type { Environment } from '../configuration';
import { ModelSource } from '../constructs/gateway/config';
import { endpointResource } from './environment-endpoints';
import type { GatewaySection } from './gateway';
import { traitsOf } from './tier';

type Deployment = GatewaySection['models'][string]['deployments'][number];

/** What answers, from what the environment file says of a deployment. */
export function modelSource(environment: Environment, deployment: Deployment): ModelSource {
  const projectId = environment.project.id;
  switch (deployment.provider) {
    case 'managed':
      return ModelSource.gemini(deployment.model, { projectId, location: environment.managedModels[deployment.model]!.location });
    case 'endpoint':
      return ownEndpoint(environment, deployment.endpoint);
    case 'model-garden':
      return gardenEndpoint(environment, deployment.endpoint, deployment.endpointId);
    case 'tuned-gemini':
      return ModelSource.tunedGemini(deployment.endpointId, deployment.baseModel, { projectId, location: deployment.location });
    case 'partner':
      return ModelSource.partner(deployment.model, { projectId, location: deployment.location });
    case 'ai-studio':
      return ModelSource.aiStudio(deployment.model, deployment.key);
    case 'openai-compatible':
      return ModelSource.openAiCompatible(deployment.model, deployment.url, deployment.key);
  }
}

/** Its models are versions of one thing, and Vertex AI splits between them: for the gateway, the endpoint is the model. */
function ownEndpoint(environment: Environment, key: string): ModelSource {
  const id = endpointResource(environment, key).replace(/^.*\//, '');
  const hosts = {
    'dedicated-public': dedicatedHost(environment, id),
    'shared-public': undefined,
    'private-service-connect': consumerHost(environment, id),
    // A rule of the configuration refuses it.
    'private-services-access': undefined,
  };
  return ModelSource.vertexEndpoint(id, { ...placeOf(environment), model: key, host: hosts[environment.endpoints[key]!.network.mode] });
}

function gardenEndpoint(environment: Environment, key: string, id: string): ModelSource {
  const model = environment.modelGarden[key]!.model.replace(/^.*[/@]/, '');
  const host = traitsOf(environment).insidePerimeter ? undefined : dedicatedHost(environment, id);
  return ModelSource.vertexEndpoint(id, { ...placeOf(environment), model, host });
}

const placeOf = ({ project, region }: Environment) => ({ projectId: project.id, location: region });

/** https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.endpoints: `dedicatedEndpointDns` */
const dedicatedHost = ({ project, region }: Environment, id: string): string =>
  `${id}.${region}-${project.number}.prediction.vertexai.goog`;

/** As `PrivateServiceConnectConsumer` makes it known in the environment's network. */
const consumerHost = ({ project, region }: Environment, id: string): string =>
  `${id}-${region}-${project.number}.prediction.p.vertexai.goog`;
