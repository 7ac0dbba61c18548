import { type EndpointModelProps, NetworkMode, RegistryModel, type VertexEndpointProps } from '../../../constructs/vertex-endpoint';

/** A model of the tests: version 7 of a model on one L4, all of the traffic. */
export const model = (over: Partial<EndpointModelProps> = {}): EndpointModelProps => ({
  model: RegistryModel.of({ project: 'acme-models', location: 'europe-west4', id: 'support-chat', version: 7 }),
  machine: { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_L4', count: 1 } },
  replicas: { min: 1, max: 2 },
  traffic: 100,
  ...over,
});

export const version = (number: number): RegistryModel =>
  RegistryModel.fromName(`projects/acme-models/locations/europe-west4/models/support-chat@${number}`);

export const endpoint = (over: Partial<VertexEndpointProps> = {}): VertexEndpointProps => ({
  name: 'chat',
  projectId: 'acme-ai-test',
  location: 'europe-west4',
  networkMode: NetworkMode.dedicatedPublic(),
  models: { stable: model() },
  ...over,
});
