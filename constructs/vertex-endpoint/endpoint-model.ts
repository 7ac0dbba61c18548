import type { Checks } from '../core';
import { type Autoscaling, checkAutoscaling, metricSpecs } from './autoscaling';
import { checkMachine, type Machine } from './machine';
import { type DeployedModel, deployedModelId, deployedModelName } from './reconciler/spec';
import type { RegistryModel } from './registry-model';
import { checkReplicas, type Replicas } from './replicas';

export interface ModelLogging {
  /**
   * One log line a request.
   * @default false
   */
  readonly access?: boolean;
  /**
   * What the containers print.
   * @default true
   */
  readonly container?: boolean;
}

/** A model on an endpoint. Another model, machine, serving identity, spot or access log makes it another deployment: the new one is up before the old one goes. */
export interface EndpointModelProps {
  /** Version of a model in the registry. */
  readonly model: RegistryModel;
  /** What each replica runs on. */
  readonly machine: Machine;
  /** How many there are. */
  readonly replicas: Replicas;
  /**
   * When replicas are added.
   * @default 60 per cent of CPU, and of the GPUs where there are any
   */
  readonly autoscaling?: Autoscaling;
  /**
   * Email of the service account that the containers run as.
   * @default the service agent of Vertex AI
   */
  readonly servingIdentity?: string;
  /**
   * What is logged.
   * @default container logs only
   */
  readonly logging?: ModelLogging;
  /** Share of the requests, in whole per cent. All models of an endpoint sum to 100; 0 keeps a model warm. */
  readonly traffic: number;
}

export type EndpointModels = Readonly<Record<string, EndpointModelProps>>;

const KEY = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
const EMAIL = /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/;

/** Problems go to `check`; returns warnings. */
export function checkModels(check: Checks, models: EndpointModels, location: string): string[] {
  const keys = Object.keys(models);
  if (keys.length === 0) check.add('`models` must have at least one model.');
  const warnings = keys.flatMap((key) => [checkModel(check, key, models[key]!), elsewhere(key, models[key]!, location)]);
  checkTraffic(check, models);
  return warnings.filter((warning) => warning !== undefined);
}

/** The API's reference allows it; Google's guides copy the model first, and a rehearsal demands it. */
function elsewhere(key: string, { model }: EndpointModelProps, location: string): string | undefined {
  const own = /\/locations\/([^/]+)\//.exec(model.name)?.[1];
  if (own === undefined || own === location) return undefined;
  return `models.${key}.model is in ${own}, its endpoint in ${location}: Vertex AI may refuse to deploy it. Copy the model to ${location}.`;
}

function checkModel(check: Checks, key: string, props: EndpointModelProps): string | undefined {
  const at = `models.${key}`;
  check.matches('models key', key, KEY, 'at most 40 of a-z, 0-9 and dash, starting with a letter, not ending with a dash');
  props.model.check(check, `${at}.model`);
  checkReplicas(check, `${at}.replicas`, props.replicas);
  checkAutoscaling(check, `${at}.autoscaling`, props.autoscaling, props.machine.accelerator !== undefined);
  check.matches(`${at}.servingIdentity`, props.servingIdentity, EMAIL, 'the email of a service account');
  check.between(`${at}.traffic`, props.traffic, 0, 100);
  return checkMachine(check, `${at}.machine`, props.machine);
}

function checkTraffic(check: Checks, models: EndpointModels): void {
  const shares = Object.entries(models).map(([key, { traffic }]) => `${key} ${traffic}`);
  const sum = Object.values(models).reduce((total, { traffic }) => total + traffic, 0);
  check.that(
    () => shares.length === 0 || sum === 100,
    `\`traffic\` of all models must sum to 100, got ${sum}: ${shares.join(', ')}.`,
    ...Object.values(models).map(({ traffic }) => traffic),
  );
}

/** What the reconciler deploys for a model. */
export function deployedModel(key: string, props: EndpointModelProps): DeployedModel {
  const { machine, replicas } = props;
  const machineSpec = {
    machineType: machine.type,
    ...(machine.accelerator && { acceleratorType: machine.accelerator.type, acceleratorCount: machine.accelerator.count }),
  };
  const fixed = {
    model: props.model.name,
    serviceAccount: props.servingIdentity,
    enableAccessLogging: props.logging?.access ?? false,
    machineSpec,
    spot: replicas.spot ?? false,
  };
  const id = deployedModelId(key, fixed);
  return {
    id,
    displayName: deployedModelName(key, id),
    model: fixed.model,
    ...(fixed.serviceAccount !== undefined && { serviceAccount: fixed.serviceAccount }),
    enableAccessLogging: fixed.enableAccessLogging,
    disableContainerLogging: !(props.logging?.container ?? true),
    dedicatedResources: {
      machineSpec,
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max ?? replicas.min,
      requiredReplicaCount: replicas.required ?? replicas.min,
      spot: fixed.spot,
      autoscalingMetricSpecs: metricSpecs(props.autoscaling, machine.accelerator !== undefined),
    },
  };
}

/** Deployed-model id → per cent, without those that get nothing. */
export function trafficSplit(models: EndpointModels): Record<string, number> {
  const shares = Object.entries(models).map(([key, props]) => [deployedModel(key, props).id, props.traffic] as const);
  return Object.fromEntries(shares.filter(([, percent]) => percent > 0));
}
