import { VertexAiEndpoint } from '@cdktf/provider-google/lib/vertex-ai-endpoint';
import { Construct } from 'constructs';
import {
  Annotations,
  Checks,
  TerraformData,
  grantId,
  type Labels,
  TerraformLocal,
  type TerraformResource,
  TerraformStack,
  ValidationError,
} from '../core';
import { driftTrigger, observed, wanted } from './drift';
import { EndpointGrants } from './endpoint-grants';
import { endpointId, type EndpointIdentity, endpointResourceName } from './endpoint-id';
import { EndpointGuards } from './endpoint-guards';
import { checkModels, deployedModel, type EndpointModels, trafficSplit } from './endpoint-model';
import { describeIdleCost, type IdleCost, idleCost } from './idle-cost';
import { checkKnown } from './known-values';
import type { NetworkMode } from './network-mode';
import type { MachinePrice } from './prices';
import { type DeploymentSteps, describeRollout, type Rollout } from './rollout';
import type { ReconcileSpec } from './reconciler/spec';
import { ScriptRun } from './script-run';
import { checkRequestLogging, type RequestLogging, requestLoggingBlock } from './request-logging';

export interface VertexEndpointProps extends EndpointIdentity {
  /** 1 to 63 of a-z, 0-9 and dash. Part of the endpoint's id: another name is another endpoint. */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly location: string;
  /** How clients reach it. Another mode is another endpoint. */
  readonly networkMode: NetworkMode;
  /** By a name of your own; the name is part of the deployment's id. */
  readonly models: EndpointModels;
  /**
   * How another version, machine or identity of a model comes up. `surge`: beside the old one, which needs machines and quota for both;
   * `recreate`: after the old one has gone, while the other models take its traffic.
   * @default surge; recreate with private services access, where an endpoint holds one model at a time
   */
  readonly rollout?: Rollout;
  /**
   * Let `recreate` take down the only model that serves.
   * @default false, and such a change is refused before it begins
   */
  readonly allowOutage?: boolean;
  /**
   * Undeploy models that somebody else has put on this endpoint.
   * @default false, they stay, without traffic
   */
  readonly adoptForeignModels?: boolean;
  /**
   * Requests and responses into BigQuery.
   * @default none
   */
  readonly requestLogging?: RequestLogging;
  /**
   * Cloud KMS key in the same location: projects/P/locations/L/keyRings/R/cryptoKeys/K. The service agent of Vertex AI must be allowed to
   * use it.
   * @default Google-managed
   */
  readonly encryptionKey?: string;
  /**
   * True where a service perimeter protects the project: modes that do not work there are refused.
   * @default false
   */
  readonly insidePerimeter?: boolean;
  /**
   * At most 128 characters, for people.
   * @default `name`
   */
  readonly displayName?: string;
  /**
   * For people.
   * @default none
   */
  readonly description?: string;
  /**
   * Beside the stack's own.
   * @default none
   */
  readonly labels?: Labels;
  /**
   * Raise it to get another endpoint with the same settings, e.g. after a deletion: Vertex AI holds an id back for up to 7 days.
   * @default 1
   */
  readonly generation?: number;
  /**
   * Prices beside, and before, those of `prices.ts`.
   * @default none
   */
  readonly prices?: readonly MachinePrice[];
}

const KEY = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/**
 * An endpoint and the models on it. Terraform keeps the endpoint; a script that it runs (`reconciler/`) deploys what is missing, moves the
 * traffic, and undeploys the rest, because google 6.50 has no resource for a deployed model.
 */
export class VertexEndpoint extends Construct {
  readonly resource: VertexAiEndpoint;
  /** 9 digits. */
  readonly endpointId: string;
  /** Full name: projects/P/locations/L/endpoints/ID. Known at synth, with the project's ID. */
  readonly resourceName: string;
  /** Key of a model → id under which it is deployed. */
  readonly deployedModelIds: Readonly<Record<string, string>>;
  /** What the machines cost without any request. */
  readonly idleCost: IdleCost;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VertexEndpointProps,
  ) {
    super(scope, id);
    const warnings = this.check();
    const { name, projectId, location, networkMode, encryptionKey, models } = props;

    this.endpointId = endpointId(props);
    this.resourceName = endpointResourceName(props);
    const deployed = Object.entries(models).map(([key, model]) => [key, deployedModel(key, model)] as const);
    this.deployedModelIds = Object.fromEntries(deployed.map(([key, { id }]) => [key, id]));

    this.resource = new VertexAiEndpoint(this, 'Resource', {
      name: this.endpointId,
      project: projectId,
      location,
      // The host that the provider calls comes from `region`, the path from `location`.
      region: location,
      displayName: props.displayName ?? name,
      description: props.description,
      labels: props.labels && { ...props.labels },
      encryptionSpec: encryptionKey === undefined ? undefined : { kmsKeyName: encryptionKey },
      predictRequestResponseLoggingConfig: requestLoggingBlock(props.requestLogging),
      ...networkMode.settings,
    });
    const { rollout } = this;
    const spec: ReconcileSpec = {
      mode: 'reconcile',
      endpoint: this.resourceName,
      models: deployed.map(([, model]) => model),
      ...(networkMode.abilities.split && { traffic: trafficSplit(models) }),
      rollout,
      ...(props.allowOutage && { allowOutage: true }),
      ...(props.adoptForeignModels && { adopt: true }),
    };
    this.serve(spec, describeRollout(deployed, models, rollout));

    this.idleCost = idleCost(location, models, props.prices);
    for (const warning of warnings) Annotations.of(this).addWarning(warning);
    Annotations.of(this).addInfo(describeIdleCost(this.idleCost));
  }

  /**
   * Host name for requests, without a scheme. A private endpoint has none of its own: Private Service Connect has the one that its consumer
   * makes (`PrivateServiceConnectConsumer.dnsName`), private services access an address a model.
   */
  get dnsName(): string {
    const { networkMode, location } = this.props;
    if (networkMode.name === 'sharedPublic') return `${location}-aiplatform.googleapis.com`;
    if (networkMode.name === 'dedicatedPublic') return `\${trimprefix(${this.address}.dedicated_endpoint_dns, "https://")}`;
    const where = networkMode.name === 'privateServiceConnect' ? 'ask the PrivateServiceConnectConsumer' : 'ask the deployed model';
    throw new ValidationError(this, `dnsName: an endpoint with networkMode ${networkMode.name} has no host name of its own; ${where}.`);
  }

  /**
   * Lets a member call the models on this endpoint, and no other.
   * @param member e.g. `serviceAccount:gateway@acme-ai-dev.iam.gserviceaccount.com`
   * @param id name of the grant in the plan; needed when the member is known only to Terraform. Default: the member.
   * @param role a role with `aiplatform.endpoints.predict`. Default: roles/aiplatform.user, which can also change this endpoint.
   */
  grantPredict(member: string, id?: string, role = 'roles/aiplatform.user'): TerraformResource {
    grantId(this, 'Predict', member, id);
    const { name: label } = this.props;
    return EndpointGrants.of(this).add(this, {
      endpoint: this.resourceName,
      label,
      role,
      member,
      memberLabel: id,
      dependsOn: [this.resource],
    });
  }

  /** For expressions that are written by hand: `fqn` is a token, which CDKTF wraps in an interpolation of its own. */
  private get address(): string {
    return `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}`;
  }

  private get rollout(): Rollout {
    return this.props.rollout ?? (this.props.networkMode.abilities.split ? 'surge' : 'recreate');
  }

  private serve(spec: ReconcileSpec, steps: Record<string, DeploymentSteps>): void {
    const run = ScriptRun.of(this, 'reconcile');
    const billing = run.billingProject === undefined ? {} : { billingProject: run.billingProject };
    const key = this.node.path.slice(TerraformStack.of(this).node.path.length + 1);
    const guard = EndpointGuards.of(this).guard(key, this.resource, {
      mode: 'clear',
      endpoint: this.resourceName,
      ...(spec.adopt && { adopt: true }),
      ...billing,
    });
    const wantedLocal = new TerraformLocal(this, 'Wanted', wanted(spec));
    const observedLocal = new TerraformLocal(this, 'Observed', observed(this.address, spec));
    new TerraformData(this, 'Serving', {
      input: { steps },
      triggersReplace: {
        spec: { ...spec, ...billing, revision: run.revision },
        guard,
        drift: driftTrigger(`local.${wantedLocal.friendlyUniqueId}`, `local.${observedLocal.friendlyUniqueId}`),
      },
      provisioners: [run.provisioner('self.triggers_replace.spec', 'create')],
    });
  }

  private check(): string[] {
    const { props } = this;
    const check = new Checks(this);
    const { name, projectId, location, encryptionKey, generation, networkMode, models } = props;
    for (const [prop, value] of Object.entries({ name, projectId, location, encryptionKey, generation, models }))
      checkKnown(check, prop, value);
    checkKnown(check, 'networkMode', networkMode.settings);
    check.matches(
      'name',
      props.name,
      /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'at most 63 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
    );
    check.matches('projectId', props.projectId, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'a project ID');
    check.matches('location', props.location, /^[a-z]+-[a-z]+\d{1,2}$/, 'a region, e.g. europe-west4');
    check.matches('displayName', props.displayName, /^.{1,128}$/su, '1 to 128 characters');
    check.between('generation', props.generation, 1, 1_000_000);
    check.matches('encryptionKey', props.encryptionKey, KEY, 'projects/P/locations/L/keyRings/R/cryptoKeys/K');
    const keyLocation = KEY.exec(props.encryptionKey ?? '')?.[1];
    check.that(
      () => keyLocation === undefined || keyLocation === props.location,
      `\`encryptionKey\` must be in the location of the endpoint, ${props.location}, but ${props.encryptionKey} is in ${keyLocation}.`,
      props.encryptionKey,
    );
    props.networkMode.check(check);
    const warnings = checkModels(check, props.models, props.location);
    props.networkMode.checkUse(check, {
      models: Object.keys(props.models).length,
      requestLogging: props.requestLogging !== undefined,
      accessLogging: Object.values(props.models).some(({ logging }) => logging?.access),
      insidePerimeter: props.insidePerimeter ?? false,
      surge: this.rollout === 'surge',
    });
    checkRequestLogging(check, props.requestLogging);
    check.that(
      () => !(props.allowOutage && this.rollout !== 'recreate'),
      '`allowOutage` has no meaning without `rollout: recreate`: a surge never takes down what serves.',
    );
    check.done();
    return warnings;
  }
}
