import type { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { VertexAiEndpointWithModelGardenDeployment } from '@cdktf/provider-google/lib/vertex-ai-endpoint-with-model-garden-deployment';
import { Construct } from 'constructs';
import { Annotations, Checks } from '../core';
import { defaultGoogleProvider } from '../core/node-program';
import { type Autoscaling, checkAutoscaling, metricSpecs } from './autoscaling';
import { checkReplicas, type Replicas } from './replicas';
import { describeIdleCost, type IdleCost, idleCost } from './idle-cost';
import { checkMachine, type Machine } from './machine';
import type { MachinePrice } from './prices';
import { geminiOnMachines } from './registry-model';

/** Deploying a large model takes an hour and more; the provider itself waits up to 180 minutes. */
const CREATE_TIMEOUT = '180m';
/** Undeploy and delete. The provider's default of 20 minutes is short for machines with many GPUs. */
const DELETE_TIMEOUT = '60m';

/** `huggingFace`: its weights come from Hugging Face; `publisher`: from Model Garden itself. */
export type OpenModel =
  | { /** publishers/PUBLISHER/models/MODEL@VERSION */ readonly publisher: string }
  | {
      /** AUTHOR/MODEL, as on huggingface.co. Gated models need a token, which would stand in the state: they are not supported. */ readonly huggingFace: string;
    };

export interface ModelGardenEndpointProps {
  /** 1 to 63 of a-z, 0-9 and dash. */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** Region. google 6.50 calls the host of its own region: give a `provider` of this region where the stack has another. */
  readonly location: string;
  /** From Model Garden, or from Hugging Face. */
  readonly model: OpenModel;
  /**
   * That you accept the licence of the model. Some models refuse without it.
   * @default false
   */
  readonly acceptEula?: boolean;
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
   * True: a host name of its own. False: the region's shared one.
   * @default true
   */
  readonly dedicatedEndpoint?: boolean;
  /**
   * True where a service perimeter protects the project: a dedicated endpoint does not work there.
   * @default false
   */
  readonly insidePerimeter?: boolean;
  /**
   * While true, a plan that would delete or replace it fails.
   * @default true
   */
  readonly protected?: boolean;
  /**
   * A provider of the region, where the stack's own is of another.
   * @default the stack's provider
   */
  readonly provider?: GoogleProvider;
  /**
   * Prices beside, and before, those of `prices.ts`.
   * @default none
   */
  readonly prices?: readonly MachinePrice[];
}

const PUBLISHER_MODEL = /^publishers\/[^/]+\/models\/[^/@]+@[^/@]+$/;
const HUGGING_FACE_MODEL = /^[\w.-]+\/[\w.-]+$/;

/**
 * One open-weight model of Model Garden on an endpoint of its own, through the provider's own resource. In google 6.50 this resource reads
 * nothing back, updates nothing in place and cannot be imported: a change made by hand is not seen, and **every** change here, of a replica
 * count too, deletes the endpoint and makes another one with another id. So it is protected, and has no traffic split.
 */
export class ModelGardenEndpoint extends Construct {
  readonly resource: VertexAiEndpointWithModelGardenDeployment;
  /** What the machines cost without any request. */
  readonly idleCost: IdleCost;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ModelGardenEndpointProps,
  ) {
    super(scope, id);
    const warning = this.check();
    const { machine, replicas, model } = props;
    this.resource = new VertexAiEndpointWithModelGardenDeployment(this, 'Resource', {
      project: props.projectId,
      location: props.location,
      provider: props.provider,
      ...('publisher' in model ? { publisherModelName: model.publisher } : { huggingFaceModelId: model.huggingFace }),
      modelConfig: { acceptEula: props.acceptEula ?? false, modelDisplayName: props.name },
      endpointConfig: { endpointDisplayName: props.name, dedicatedEndpointEnabled: props.dedicatedEndpoint ?? true },
      deployConfig: {
        dedicatedResources: {
          machineSpec: {
            machineType: machine.type,
            acceleratorType: machine.accelerator?.type,
            acceleratorCount: machine.accelerator?.count,
          },
          minReplicaCount: replicas.min,
          maxReplicaCount: replicas.max ?? replicas.min,
          requiredReplicaCount: replicas.required ?? replicas.min,
          spot: replicas.spot ?? false,
          autoscalingMetricSpecs: metricSpecs(props.autoscaling, machine.accelerator !== undefined),
        },
      },
      timeouts: { create: CREATE_TIMEOUT, delete: DELETE_TIMEOUT },
      lifecycle: props.protected === false ? undefined : { preventDestroy: true },
    });
    if (warning !== undefined) Annotations.of(this).addWarning(warning);
    this.idleCost = idleCost(props.location, { [props.name]: { machine, replicas } }, props.prices);
    Annotations.of(this).addInfo(describeIdleCost(this.idleCost));
  }

  /** Full name: projects/P/locations/L/endpoints/ID. Known after the first apply: Vertex AI chooses the id. */
  get resourceName(): string {
    return `projects/${this.props.projectId}/locations/${this.props.location}/endpoints/${this.resource.endpoint}`;
  }

  private check(): string | undefined {
    const { props } = this;
    const check = new Checks(this);
    check.matches('name', props.name, /^.{1,128}$/su, '1 to 128 characters');
    check.matches('location', props.location, /^[a-z]+-[a-z]+\d{1,2}$/, 'a region, e.g. europe-west4');
    this.checkModel(check);
    checkReplicas(check, 'replicas', props.replicas);
    checkAutoscaling(check, 'autoscaling', props.autoscaling, props.machine.accelerator !== undefined);
    const warning = checkMachine(check, 'machine', props.machine);
    const region = (props.provider ?? defaultGoogleProvider(this))?.region;
    check.that(
      () => region === undefined || region === props.location,
      `\`location\` is ${props.location}, but the provider's region is ${region}: google 6.50 sends the request to the host of the provider's region, ` +
        'which does not know the location. Give a `provider` with that region.',
      region,
      props.location,
    );
    check.that(
      () => !(props.insidePerimeter && (props.dedicatedEndpoint ?? true)),
      '`dedicatedEndpoint` does not work inside a service perimeter: dedicated public endpoints do not support VPC Service Controls. ' +
        'Write false, or deploy a copy of the model from the registry on a VertexEndpoint with NetworkMode.privateServiceConnect().',
    );
    check.done();
    return warning;
  }

  private checkModel(check: Checks): void {
    const { model } = this.props;
    if ('huggingFace' in model) {
      check.matches('model.huggingFace', model.huggingFace, HUGGING_FACE_MODEL, 'AUTHOR/MODEL, as on huggingface.co');
      return;
    }
    if (/(^|\/)gemini-/.test(model.publisher)) check.add(`\`model.publisher\`: ${geminiOnMachines(model.publisher)}`);
    else check.matches('model.publisher', model.publisher, PUBLISHER_MODEL, 'publishers/PUBLISHER/models/MODEL@VERSION');
  }
}
