import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack, TerraformOutput } from '../constructs/core';
import { GatewayAccount } from '../constructs/gateway';
import { GatewayService } from '../constructs/gateway/service';
import { ProjectServices } from '../constructs/project';
import { type Access, Target } from '../constructs/workload-identity';
import { handOverClientKit } from './gateway-clients';
import { gatewayConfiguration } from './gateway-configuration';
import { EnvironmentGatewayData, gatewayDataAgents, gatewayDataApis, gatewayDataCalls, gatewayDataSettings } from './gateway-database';
import { EnvironmentFrontDoor, frontDoorApis, frontDoorAudiences } from './gateway-front-door';
import { checkNetwork } from './gateway-network';
import { checkPerimeter } from './gateway-perimeter';
import { GatewaySecrets } from './gateway-secrets';
import { GatewayKeys } from './gateway-keys';
import { gatewaySize } from './gateway-size';
import { gatewayInvokers } from './invokers';
import { deployerEmail, gatewayAccountId, gatewayServiceName, networkId, repositoryName, stackId, subnetId } from './names';
import { stackProps } from './stack-props';
import { traitsOf } from './tier';

const RUN = 'run.googleapis.com';
const IAM = 'iam.googleapis.com';
const SECRETS = 'secretmanager.googleapis.com';

/** What the gateway's account may do in its project where its configuration calls an API. */
const ROLES: Readonly<Record<string, string>> = {
  'aiplatform.googleapis.com': 'roles/aiplatform.user',
  'pubsub.googleapis.com': 'roles/pubsub.publisher',
};

/** The section `gateway` of an environment file. */
export type GatewaySection = NonNullable<Environment['gateway']>;

/** The gateway: database, front door, configuration, and the service that runs between them. */
export class GatewayStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, gateway: GatewaySection) {
    super(scope, stackId(environment, 'gateway'), stackProps(environment));
    const { project, region } = environment;
    const size = gatewaySize(environment, gateway);
    const image = imageUri(environment, gateway);
    const configuration = gatewayConfiguration(this, environment, gateway, { ...gatewayDataSettings(gateway), instances: size.max });
    const { apis, hosts } = configuration.calls;
    checkNetwork(this, environment, { hosts, size });
    const data = gatewayDataApis(gateway);
    const door = gateway.frontDoor ? frontDoorApis(gateway.frontDoor) : [];
    const services = new ProjectServices(this, 'Services', { services: [RUN, IAM, SECRETS, ...apis, ...data, ...door] });

    const account = new GatewayAccount(this, 'Account', {
      projectId: project.id,
      accountId: gatewayAccountId(environment),
      access: accessOf(environment, gateway, apis),
      deployers: environment.identity.deploy ? [deployerEmail(environment)] : [],
    });
    account.node.addDependency(...services.of(IAM));
    const secrets = new GatewaySecrets(this, 'Secrets', environment, gateway);
    secrets.node.addDependency(...services.of(SECRETS));

    const { additions, migrations } = new EnvironmentGatewayData(this, 'Data', environment, gateway, {
      account,
      image,
      size,
      connectionsPerWorker: configuration.connectionsPerWorker,
      after: services.of(...data),
    });

    const service = new GatewayService(this, 'Service', {
      projectId: project.id,
      region,
      name: gatewayServiceName(environment),
      image: { uri: image, version: gateway.image.version },
      account,
      configuration,
      saltKey: secrets.reference(gateway.saltKey.secret),
      secrets: secrets.references(configuration.secrets),
      additions,
      after: migrations,
      network: { network: networkId(environment), subnetwork: subnetId(environment) },
      size,
      scale: size,
      canary: gateway.canary,
      attempt: gateway.attempt,
      callers: gatewayInvokers(environment),
      audiences: gateway.frontDoor && frontDoorAudiences(gateway.frontDoor),
      deletionProtection: traitsOf(environment).protectsData,
    });
    service.node.addDependency(...services.of(RUN));
    new GatewayKeys(this, 'Keys', environment, gateway, service).node.addDependency(...services.of(SECRETS));
    if (gateway.frontDoor) {
      const served = { name: gatewayServiceName(environment), region };
      new EnvironmentFrontDoor(this, 'FrontDoor', environment, gateway.frontDoor, served).node.addDependency(
        service,
        ...services.of(...door),
      );
    }
    handOverClientKit(this, environment, gateway);
    checkPerimeter(this, environment, {
      calls: [...apis, ...gatewayDataCalls(gateway), ...(gateway.keysJob ? [SECRETS] : [])],
      holds: [RUN, SECRETS, 'artifactregistry.googleapis.com', ...gatewayDataAgents(gateway), ...apis.filter((api) => api in ROLES)],
      fromTheInternet: gateway.frontDoor?.kind === 'external',
    });
    new TerraformOutput(this, 'Revision', {
      value: service.revision,
      description: 'Newest revision that is ready: what gateway.canary.stable names when the next one is tried.',
    }).overrideLogicalId('revision');
  }
}

/** Of usage, LiteLLM only complains in its log when it may not write it. */
function accessOf({ project }: Environment, { usage }: GatewaySection, apis: readonly string[]): Access[] {
  const { gcsBucket } = usage.callbacks;
  return [
    ...apis.flatMap((api) => {
      const role = ROLES[api];
      return role === undefined ? [] : [{ role, on: Target.project(project.id) }];
    }),
    ...(gcsBucket ? [{ role: 'roles/storage.objectCreator', on: Target.bucket(gcsBucket.bucket) }] : []),
  ];
}

function imageUri(environment: Environment, { image }: GatewaySection): string {
  const { project, region } = environment;
  return `${region}-docker.pkg.dev/${project.id}/${repositoryName(environment, image.repository)}/${image.name}@${image.digest}`;
}
