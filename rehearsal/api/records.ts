import { createHash } from 'node:crypto';
import type { Json, Store, StoredObject } from '../store';
import type { MachineSpec } from './machines';

export type Split = Readonly<Record<string, number>>;

/** A deployed model as the API writes it. */
export interface DeployedModel {
  readonly id: string;
  readonly model: string;
  readonly displayName?: string;
  readonly createTime?: string;
  readonly serviceAccount?: string;
  readonly enableAccessLogging?: boolean;
  readonly disableContainerLogging?: boolean;
  readonly dedicatedResources: DedicatedResources;
  readonly status?: { readonly message?: string; readonly availableReplicaCount?: number };
}

export interface DedicatedResources {
  readonly machineSpec: MachineSpec;
  readonly minReplicaCount: number;
  readonly maxReplicaCount?: number;
  readonly requiredReplicaCount?: number;
  readonly spot?: boolean;
  readonly autoscalingMetricSpecs?: readonly { readonly metricName: string; readonly target: number }[];
}

export interface DeployedRecord {
  readonly model: DeployedModel;
  /** Its machines serve: not while it is being deployed or undeployed. */
  readonly ready: boolean;
}

const ENDPOINT = 'google_vertex_ai_endpoint';
/** No resource type of the provider: what the service knows of a deployed model and the provider's schema does not. */
const DEPLOYED_MODEL = 'vertex_ai_deployed_model';

/**
 * The endpoints of the rehearsal's store, seen by the endpoint API. The provider makes and deletes them there; what is deployed on them is
 * kept beside them and shown in them (`deployed_models`, `traffic_split`), so that the next refresh sees it.
 */
export class EndpointRecords {
  private readonly unsubscribe: () => void;

  constructor(private readonly store: Store) {
    this.unsubscribe = store.subscribe((change) => {
      if (change.kind === 'delete' && change.object.type === ENDPOINT) this.forget(change.object.id);
    });
  }

  close(): void {
    this.unsubscribe();
  }

  /** Attributes of the endpoint in the provider's words; undefined: there is none. */
  attributes(endpoint: string): StoredObject['attributes'] | undefined {
    return this.object(endpoint)?.attributes;
  }

  /** When the endpoint was made; undefined: there is none. */
  created(endpoint: string): string | undefined {
    return this.object(endpoint)?.created;
  }

  endpoints(): string[] {
    return this.store.list({ provider: 'google', type: ENDPOINT }).map(({ id }) => id);
  }

  deployed(endpoint: string): DeployedRecord[] {
    return this.store
      .list({ provider: 'google', type: DEPLOYED_MODEL })
      .filter(({ id }) => id.startsWith(`${endpoint}/deployedModels/`))
      .map(({ attributes }) => attributes as unknown as DeployedRecord);
  }

  split(endpoint: string): Split {
    const text = this.attributes(endpoint)?.traffic_split;
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as Split) : {};
  }

  /** Adds or replaces a deployed model. */
  put(endpoint: string, record: DeployedRecord): void {
    const key = this.key(endpoint, record.model.id);
    const created = this.store.get(key)?.created ?? new Date().toISOString();
    const model = { ...record.model, createTime: created };
    this.store.put({ ...key, created, attributes: { ...record, model } as unknown as Record<string, Json> });
    this.show(endpoint, {});
  }

  remove(endpoint: string, id: string): void {
    this.store.delete(this.key(endpoint, id));
    this.show(endpoint, {});
  }

  setSplit(endpoint: string, split: Split): void {
    const shares = Object.entries(split).filter(([, share]) => share > 0).sort(); // prettier-ignore
    this.show(endpoint, { traffic_split: shares.length > 0 ? JSON.stringify(Object.fromEntries(shares)) : '' });
  }

  private key(endpoint: string, id: string) {
    return { provider: 'google', type: DEPLOYED_MODEL, id: `${endpoint}/deployedModels/${id}` };
  }

  private show(endpoint: string, changed: Record<string, Json>): void {
    const object = this.object(endpoint);
    if (!object) return;
    const models = this.deployed(endpoint).map(({ model }) => asProvider(model, endpoint, object.attributes));
    this.store.put({ ...object, attributes: { ...object.attributes, ...changed, deployed_models: models } });
  }

  private object(endpoint: string): StoredObject | undefined {
    return this.store.get({ provider: 'google', type: ENDPOINT, id: endpoint });
  }

  private forget(endpoint: string): void {
    for (const { model } of this.deployed(endpoint)) this.store.delete(this.key(endpoint, model.id));
  }
}

/** One element of `deployed_models`, with exactly the attributes of the provider's schema (hashicorp/google 6.50.0). */
function asProvider(model: DeployedModel, endpoint: string, attributes: StoredObject['attributes']): Json {
  const { machineSpec, minReplicaCount, maxReplicaCount, autoscalingMetricSpecs = [] } = model.dedicatedResources;
  const [name, version] = model.model.split('@');
  return {
    id: model.id,
    model: name ?? '',
    model_version_id: version ?? '1',
    display_name: model.displayName ?? '',
    create_time: model.createTime ?? '',
    service_account: model.serviceAccount ?? '',
    enable_access_logging: model.enableAccessLogging ?? false,
    enable_container_logging: !(model.disableContainerLogging ?? false),
    automatic_resources: [],
    shared_resources: '',
    private_endpoints: privateEndpoints(model.id, endpoint, attributes),
    dedicated_resources: [
      {
        machine_spec: [
          {
            machine_type: machineSpec.machineType ?? '',
            accelerator_type: machineSpec.acceleratorType ?? '',
            accelerator_count: machineSpec.acceleratorCount ?? 0,
          },
        ],
        min_replica_count: minReplicaCount,
        max_replica_count: maxReplicaCount ?? minReplicaCount,
        autoscaling_metric_specs: autoscalingMetricSpecs.map(({ metricName, target }) => ({ metric_name: metricName, target })),
      },
    ],
  };
}

/** Private Service Connect: one service attachment an endpoint, known from the first deploy on. Private services access: addresses of the model. */
function privateEndpoints(id: string, endpoint: string, attributes: StoredObject['attributes']): Json[] {
  const [, project, , region] = endpoint.split('/');
  const none = { explain_http_uri: '', health_http_uri: '', predict_http_uri: '', service_attachment: '' };
  if (Array.isArray(attributes.private_service_connect_config) && attributes.private_service_connect_config.length > 0) {
    const suffix = createHash('sha256').update(endpoint).digest('hex').slice(0, 16);
    return [{ ...none, service_attachment: `projects/${project}-tp/regions/${region}/serviceAttachments/gkedpm-${suffix}` }];
  }
  if (typeof attributes.network !== 'string' || attributes.network === '') return [];
  const base = `http://${endpoint.split('/').pop()}.aiplatform.googleapis.com/v1/models/${id}`;
  return [{ ...none, predict_http_uri: `${base}:predict`, explain_http_uri: `${base}:explain`, health_http_uri: base }];
}
