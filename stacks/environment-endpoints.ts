import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { literal } from '../constructs/core';
import {
  type AcceleratorDemand,
  type EndpointIdentity,
  type EndpointModelProps,
  endpointResourceName,
  NetworkMode,
  PrivateServiceConnectConsumer,
  RegistryModel,
  VertexEndpoint,
} from '../constructs/vertex-endpoint';
import { encryptionKeyName, endpointName, networkId, subnetId } from './names';
import type { RequestLog } from './request-log';
import { traitsOf } from './tier';

type Endpoint = Environment['endpoints'][string];
type Model = Endpoint['models'][string];

/** The endpoints that an environment file lists under `endpoints`. */
export class EnvironmentEndpoints extends Construct {
  readonly demands: readonly AcceleratorDemand[];

  constructor(scope: Construct, id: string, environment: Environment, requestLog: RequestLog | undefined) {
    super(scope, id);
    this.demands = Object.entries(environment.endpoints).map(([key, settings]) => {
      const models = Object.fromEntries(Object.entries(settings.models).map(([name, model]) => [name, modelProps(model)]));
      this.add(key, settings, models, environment, requestLog);
      return { name: key, models, rollout: settings.rollout };
    });
  }

  private add(
    key: string,
    settings: Endpoint,
    models: Record<string, EndpointModelProps>,
    environment: Environment,
    requestLog: RequestLog | undefined,
  ): void {
    const { project, region } = environment;
    const endpoint = new VertexEndpoint(this, key, {
      ...identityOf(key, settings, environment),
      models,
      rollout: settings.rollout,
      allowOutage: settings.allowOutage,
      requestLogging: settings.requestLogging && requestLog?.table(key, settings.requestLogging.samplingPercent),
      insidePerimeter: traitsOf(environment).insidePerimeter,
      description: settings.description === undefined ? undefined : literal(settings.description),
      prices: environment.machinePrices,
    });
    if (requestLog && settings.requestLogging) endpoint.node.addDependency(requestLog);
    if (settings.network.mode !== 'private-service-connect' || settings.network.serviceAttachment === undefined) return;
    new PrivateServiceConnectConsumer(this, `${key}-consumer`, {
      name: endpointName(environment, key),
      serviceAttachment: settings.network.serviceAttachment,
      endpointId: endpoint.endpointId,
      endpointProjectNumber: project.number,
      projectId: project.id,
      region,
      network: networkId(environment),
      subnetwork: subnetId(environment),
    });
  }
}

/** Full name of an endpoint under `endpoints`, for the stacks that build on it. */
export const endpointResource = (environment: Environment, key: string): string =>
  endpointResourceName(identityOf(key, environment.endpoints[key]!, environment));

const identityOf = (key: string, settings: Endpoint, environment: Environment): EndpointIdentity => ({
  name: endpointName(environment, key),
  projectId: environment.project.id,
  location: environment.region,
  networkMode: networkModeOf(settings, environment),
  encryptionKey: environment.encryption && encryptionKeyName(environment, 'endpoints'),
  generation: settings.generation,
});

function networkModeOf({ network }: Endpoint, environment: Environment): NetworkMode {
  switch (network.mode) {
    case 'dedicated-public':
      return NetworkMode.dedicatedPublic();
    case 'shared-public':
      return NetworkMode.sharedPublic();
    case 'private-service-connect':
      return NetworkMode.privateServiceConnect({ allowlist: [...new Set([environment.project.id, ...network.allowlist])] });
    case 'private-services-access':
      return NetworkMode.privateServicesAccess({ network: networkId(environment, environment.project.number) });
  }
}

const modelProps = ({ model, accessLog, containerLog, ...same }: Model): EndpointModelProps => ({
  ...same,
  model: RegistryModel.fromName(model),
  logging: { access: accessLog, container: containerLog },
});
