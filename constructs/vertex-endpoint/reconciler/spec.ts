import { createHash } from 'node:crypto';

/**
 * What the reconciler is asked for: the JSON text in the environment variable `VX_SPEC`.
 * The script and the construct that emits it share these types and nothing else.
 */
export type Spec = ReconcileSpec | ClearSpec;

interface SpecBase {
  /** Full name of the endpoint: `projects/P/locations/R/endpoints/ID`. The API's host follows from the location. */
  readonly endpoint: string;
  /**
   * Treat models that somebody else deployed on this endpoint as ours: undeploy them when they are not in the spec.
   * Without it `reconcile` leaves them where they are (without traffic), and `clear` refuses to start while there are any.
   * @default false
   */
  readonly adopt?: boolean;
  /** Project whose quota the calls are charged to (header `X-Goog-User-Project`). @default - the project of the credentials */
  readonly billingProject?: string;
  /** Not read by the script: whatever else must make Terraform run it again (hash of the script, of the endpoint's fixed inputs). */
  readonly revision?: string;
}

/** Bring the endpoint to exactly these models and this split. */
export interface ReconcileSpec extends SpecBase {
  readonly mode: 'reconcile';
  /** Every model the endpoint shall serve, in the order in which missing ones are deployed. At least one. */
  readonly models: readonly DeployedModel[];
  /**
   * Deployed-model id → whole per cent; ids of `models` only, sum exactly 100. A model that is left out gets no traffic.
   * Leave it out altogether where the endpoint knows no split (private services access): then there is exactly one model.
   */
  readonly traffic?: Readonly<Record<string, number>>;
  /**
   * How a model is replaced (other version, machine, account).
   * - `surge`: deploy the new one, move the traffic, undeploy the old one. Needs machines for both at once.
   * - `recreate`: hand the traffic to the other models, undeploy the old one, deploy the new one. Needs no further machines.
   */
  readonly rollout: 'surge' | 'recreate';
  /**
   * Allow a step after which nothing serves: only `recreate` of a model that no other model can stand in for needs it.
   * Without it the script refuses before it changes anything.
   * @default false
   */
  readonly allowOutage?: boolean;
}

/** Empty the endpoint, so that it can be deleted or replaced: clear the split, then undeploy every model of ours. */
export interface ClearSpec extends SpecBase {
  readonly mode: 'clear';
}

/** The body of `deployModel`, as the API writes it (google.cloud.aiplatform.v1 DeployedModel). */
export interface DeployedModel {
  /** From `deployedModelId()`: 10 digits, the same for the same key and fixed settings. */
  readonly id: string;
  /** From `deployedModelName()`: how the script knows what it deployed itself. */
  readonly displayName: string;
  /** `projects/P/locations/R/models/M@VERSION`; never a publisher's model. Fixed. */
  readonly model: string;
  /** Email of the account that the containers run as. Fixed. @default - the service agent of Vertex AI */
  readonly serviceAccount?: string;
  /** One log line a prediction request. Fixed. @default false */
  readonly enableAccessLogging?: boolean;
  /** Do not send the containers' output to Cloud Logging. Can change in place. @default false */
  readonly disableContainerLogging?: boolean;
  readonly dedicatedResources: DedicatedResources;
}

export interface DedicatedResources {
  /** Fixed. Accelerator type and count: both or neither. */
  readonly machineSpec: {
    readonly machineType: string;
    readonly acceleratorType?: string;
    readonly acceleratorCount?: number;
  };
  /** At least 1. Can change in place. */
  readonly minReplicaCount: number;
  /** At least `minReplicaCount`. Can change in place. */
  readonly maxReplicaCount: number;
  /** The deploy counts as done with so many replicas; 1 … `minReplicaCount`. Can change in place. */
  readonly requiredReplicaCount: number;
  /** Spot machines. Fixed. @default false */
  readonly spot?: boolean;
  /**
   * At most one entry a metric; give the service's own default (60 % CPU, and 60 % duty cycle with accelerators) in full: what is
   * not here is removed. Can change in place.
   */
  readonly autoscalingMetricSpecs: readonly AutoscalingMetricSpec[];
}

export interface AutoscalingMetricSpec {
  /** For example `aiplatform.googleapis.com/prediction/online/cpu/utilization`. */
  readonly metricName: string;
  /** Per cent, or requests per minute and replica: the metric decides. */
  readonly target: number;
}

/** What cannot change in place: a model with another of these is another deployed model. */
export type FixedSettings = Pick<DeployedModel, 'model' | 'serviceAccount' | 'enableAccessLogging'> &
  Pick<DedicatedResources, 'machineSpec' | 'spot'>;

/**
 * The id under which a model is deployed: 10 digits (the API allows 1–10), computed from its key and what cannot change in place.
 * So the traffic split is known at synth, and the same settings find the same deployment again.
 */
export function deployedModelId(key: string, fixed: FixedSettings): string {
  const { machineType, acceleratorType, acceleratorCount } = fixed.machineSpec;
  const identity = [
    key,
    fixed.model,
    fixed.serviceAccount ?? '',
    fixed.enableAccessLogging ?? false,
    fixed.spot ?? false,
    machineType,
    acceleratorType ?? '',
    acceleratorCount ?? 0,
  ];
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest();
  return String(1_000_000_000n + (digest.readBigUInt64BE() % 9_000_000_000n));
}

/**
 * Display name of a model of ours: its key and its own id. A model that somebody deployed by hand does not carry its own id in
 * its name, so the name alone tells whose it is; deployed models have no labels.
 */
export function deployedModelName(key: string, id: string): string {
  return `${key}-${id}`;
}
