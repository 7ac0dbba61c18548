import { demandMachine } from './machines';
import { mergeAtPaths, MUTABLE } from './mutation';
import { type OperationError, type Operations, type OperationStart, type OperationView } from './operations';
import type { EndpointPolicies, Policy } from './policies';
import { acceleratorsOf, demandQuota, type QuotaLimit } from './quota';
import { type DeployedModel, type EndpointRecords, type Split } from './records';
import { invalid, notFound, notNow, ServiceError } from './service-error';
import { demandShape, REQUESTS } from './shapes';

export interface ServiceSettings {
  readonly quota: QuotaLimit;
  /** Whether the model registry has this model. */
  readonly modelExists: (name: string) => boolean;
  /** Virtual seconds of an operation. */
  readonly durations: Readonly<Record<OperationStart['kind'], number>>;
  /** Whether a model is listed in the endpoint while it is still being deployed. The service's documentation does not say. */
  readonly listsWhileDeploying: boolean;
}

/** How an operation that starts now goes, other than well and in its usual time. */
export interface OperationFate {
  readonly failure?: OperationError;
  /** Times its usual duration. */
  readonly drag?: number;
}

type Body = Record<string, unknown>;

const MODEL = /^projects\/[^/]+\/locations\/([^/]+)\/models\/[^/@]+(@[^/@]+)?$/;

/** What the Vertex endpoint API does with a call, as strict as the service. */
export class EndpointService {
  constructor(
    private readonly records: EndpointRecords,
    readonly operations: Operations,
    private readonly policies: EndpointPolicies,
    private readonly settings: ServiceSettings,
  ) {}

  get(endpoint: string): Body {
    const attributes = this.demandEndpoint(endpoint);
    const split = this.records.split(endpoint);
    const models = this.records.deployed(endpoint).map(({ model }) => listed(model));
    return {
      name: endpoint,
      displayName: attributes.display_name,
      ...(models.length > 0 ? { deployedModels: models } : {}),
      ...(Object.keys(split).length > 0 ? { trafficSplit: split } : {}),
    };
  }

  deployModel(endpoint: string, body: Body, fate: OperationFate): OperationView {
    demandShape(body, REQUESTS.deployModel);
    const attributes = this.demandEndpoint(endpoint);
    const given = body.deployedModel as DeployedModel | undefined;
    if (!given) throw invalid('deployed_model is required.');
    const region = endpoint.split('/')[3] ?? '';
    const id = given.id ?? String(this.newId());
    const deployed = this.records.deployed(endpoint);
    if (!/^\d{1,10}$/.test(id)) throw invalid(`deployed_model.id "${id}" must be 1 to 10 digits.`);
    if (deployed.some(({ model }) => model.id === id))
      throw new ServiceError('ALREADY_EXISTS', `DeployedModel ${id} already exists on ${endpoint}.`);
    const location = MODEL.exec(given.model ?? '')?.[1];
    if (!location) throw invalid(`Invalid resource name "${given.model}": expected projects/P/locations/L/models/M[@VERSION].`);
    if (location !== region) throw invalid(`The model is in ${location}, the endpoint in ${region}.`);
    if (!this.settings.modelExists(given.model)) throw notFound(`Model "${given.model}" is not found.`);
    this.demandResources(given);
    if (attributes.network && deployed.length > 0) throw notNow('An endpoint with private services access holds one DeployedModel only.');
    const split = body.trafficSplit as Split | undefined;
    if (split) this.demandSplit(split, [...deployed.map(({ model }) => model.id), '0']);
    this.demandIdle(endpoint);
    this.demandQuotaFor(endpoint, { ...given, id });

    const { minReplicaCount: min, requiredReplicaCount: required = min } = given.dedicatedResources;
    const model: DeployedModel = { ...given, id, status: { availableReplicaCount: required } };
    if (this.settings.listsWhileDeploying) this.records.put(endpoint, { model, ready: false });
    return this.start(endpoint, 'DeployModel', fate, {
      onSuccess: () => {
        this.records.put(endpoint, { model, ready: true });
        if (split)
          this.records.setSplit(endpoint, Object.fromEntries(Object.entries(split).map(([key, share]) => [key === '0' ? id : key, share])));
        return { deployedModel: listed(model) };
      },
      onFailure: () => this.records.remove(endpoint, id),
    });
  }

  undeployModel(endpoint: string, body: Body, fate: OperationFate): OperationView {
    demandShape(body, REQUESTS.undeployModel);
    this.demandEndpoint(endpoint);
    const id = String(body.deployedModelId ?? '');
    const record = this.demandDeployed(endpoint, id);
    const others = this.records.deployed(endpoint).map(({ model }) => model.id).filter((other) => other !== id); // prettier-ignore
    const split = (body.trafficSplit as Split | undefined) ?? this.records.split(endpoint);
    if (body.trafficSplit) this.demandSplit(split, others);
    if ((split[id] ?? 0) > 0 && others.length > 0)
      throw notNow(`DeployedModel ${id} still gets ${split[id]} % of the traffic of ${endpoint}.`);
    this.demandIdle(endpoint);
    if (body.trafficSplit) this.records.setSplit(endpoint, split);

    this.records.put(endpoint, { ...record, ready: false });
    return this.start(endpoint, 'UndeployModel', fate, {
      onSuccess: () => {
        this.records.remove(endpoint, id);
        if (this.records.deployed(endpoint).length === 0) this.records.setSplit(endpoint, {});
        return {};
      },
      onFailure: () => this.records.put(endpoint, record),
    });
  }

  mutateDeployedModel(endpoint: string, body: Body, fate: OperationFate): OperationView {
    demandShape(body, REQUESTS.mutateDeployedModel);
    this.demandEndpoint(endpoint);
    const given = body.deployedModel as DeployedModel | undefined;
    const record = this.demandDeployed(endpoint, given?.id ?? '');
    const paths = String(body.updateMask ?? '').split(',').filter(Boolean); // prettier-ignore
    if (paths.length === 0) throw invalid('update_mask is required.');
    const fixed = paths.filter((path) => !MUTABLE.includes(path));
    if (fixed.length > 0) throw invalid(`update_mask: ${fixed.join(', ')} cannot be changed; only ${MUTABLE.join(', ')} can.`);
    const model = mergeAtPaths(record.model, given as DeployedModel, paths);
    this.demandResources(model);
    this.demandIdle(endpoint);
    this.demandQuotaFor(endpoint, model);
    return this.start(endpoint, 'MutateDeployedModel', fate, {
      onSuccess: () => {
        this.records.put(endpoint, { ...record, model });
        return { deployedModel: listed(model) };
      },
      onFailure: () => {},
    });
  }

  patch(endpoint: string, body: Body, updateMask: string): Body {
    demandShape(body, REQUESTS.patch);
    const attributes = this.demandEndpoint(endpoint);
    if (updateMask !== 'trafficSplit')
      throw new ServiceError('UNIMPLEMENTED', `The rehearsal serves updateMask=trafficSplit only, not "${updateMask}".`);
    if (attributes.network) throw notNow('An endpoint with private services access has no traffic split.');
    const split = (body.trafficSplit ?? {}) as Split;
    this.demandSplit(split, this.records.deployed(endpoint).map(({ model }) => model.id)); // prettier-ignore
    this.records.setSplit(endpoint, split);
    return this.get(endpoint);
  }

  getIamPolicy(endpoint: string, body: Body, version: number): Policy {
    demandShape(body, {});
    this.demandEndpoint(endpoint);
    return this.policies.get(endpoint, version);
  }

  setIamPolicy(endpoint: string, body: Body): Policy {
    this.demandEndpoint(endpoint);
    if (!body.policy) throw invalid('policy is required.');
    return this.policies.set(endpoint, body.policy as Policy);
  }

  private start(
    endpoint: string,
    kind: OperationStart['kind'],
    fate: OperationFate,
    ends: Pick<OperationStart, 'onSuccess' | 'onFailure'>,
  ) {
    return this.operations.start({
      endpoint,
      kind,
      seconds: this.settings.durations[kind] * (fate.drag ?? 1),
      failure: fate.failure,
      ...ends,
    });
  }

  private newId(): bigint {
    return 1_000_000_000n + BigInt(this.operations.count());
  }

  private demandEndpoint(endpoint: string) {
    const attributes = this.records.attributes(endpoint);
    if (!attributes) throw notFound(`Endpoint ${endpoint} is not found.`);
    return attributes;
  }

  private demandDeployed(endpoint: string, id: string) {
    const record = this.records.deployed(endpoint).find(({ model }) => model.id === id);
    if (!record) throw notFound(`DeployedModel ${id} is not found on ${endpoint}.`);
    return record;
  }

  private demandSplit(split: Split, ids: readonly string[]): void {
    const shares = Object.entries(split);
    for (const [id, share] of shares) {
      if (!ids.includes(id)) throw invalid(`traffic_split: ${id} is not a DeployedModel of this endpoint.`);
      if (share < 0 || share > 100) throw invalid(`traffic_split: ${share} is not between 0 and 100.`);
    }
    const sum = shares.reduce((total, [, share]) => total + share, 0);
    if (shares.length > 0 && sum !== 100)
      throw invalid(`traffic_split: the values sum to ${sum}; they must sum to 100, or the map must be empty.`);
  }

  private demandResources({ dedicatedResources: resources }: DeployedModel): void {
    if (!resources?.machineSpec) throw invalid('dedicated_resources.machine_spec is required.');
    demandMachine(resources.machineSpec);
    const {
      minReplicaCount: min,
      maxReplicaCount: max = min,
      requiredReplicaCount: required = min,
      autoscalingMetricSpecs: targets = [],
    } = resources;
    if (!(min >= 1)) throw invalid(`dedicated_resources.min_replica_count must be at least 1, not ${min}.`);
    if (max < min) throw invalid(`dedicated_resources.max_replica_count (${max}) must not be less than min_replica_count (${min}).`);
    if (required < 1 || required > min) throw invalid(`dedicated_resources.required_replica_count must be 1 to ${min}, not ${required}.`);
    const names = targets.map(({ metricName }) => metricName);
    if (new Set(names).size < names.length) throw invalid('dedicated_resources.autoscaling_metric_specs: one entry a metric.');
    if (names.some((name) => name.endsWith('/duty_cycle')) && !resources.machineSpec.acceleratorType) {
      throw invalid('dedicated_resources.autoscaling_metric_specs: duty_cycle needs an accelerator.');
    }
  }

  private demandQuotaFor(endpoint: string, model: DeployedModel): void {
    const accelerator = model.dedicatedResources.machineSpec.acceleratorType;
    if (!accelerator) return;
    const [, project = '', , region = ''] = endpoint.split('/');
    const place = `projects/${project}/locations/${region}/`;
    const others = this.records
      .endpoints()
      .filter((name) => name.startsWith(place))
      .flatMap((name) => this.records.deployed(name).filter((other) => name !== endpoint || other.model.id !== model.id))
      .filter((other) => other.model.dedicatedResources.machineSpec.acceleratorType === accelerator);
    const used = others.reduce((sum, other) => sum + acceleratorsOf(other.model.dedicatedResources), 0);
    demandQuota(this.settings.quota({ project, region }, accelerator), accelerator, used + acceleratorsOf(model.dedicatedResources));
  }

  /** Whether two operations may run on an endpoint at once is not documented: here they may not. */
  private demandIdle(endpoint: string): void {
    const running = this.operations.running(endpoint).map(({ name }) => name);
    if (running.length > 0)
      throw notNow(`There are other operations running on the Endpoint "${endpoint}". Operation(s) are: ${running.join(', ')}.`);
  }
}

/** As the service lists it: the version apart from the model. */
function listed(model: DeployedModel): Body {
  const [name, version = '1'] = model.model.split('@');
  return { ...model, model: name, modelVersionId: version };
}
