import { CloudRunV2Service, type CloudRunV2ServiceTemplate } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { Construct, type IDependable } from 'constructs';
import { Annotations, dependOn, Fn } from '../../core';
import { Invokers, type Principal } from '../../workload-identity';
import type { GatewayAccount } from '../account';
import type { ContainerAdditions, SecretVersionReference } from '../database';
import type { GatewayConfiguration } from '../index';
import { assessVersion } from './assess-version';
import { gatewayContainer, type GatewayContainerProps, sidecarContainer } from './container';
import { checkService, serviceTimeout } from './service-checks';
import { type Canary, trafficOf } from './traffic';

export interface GatewayServiceProps {
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** At most 49 of a-z, 0-9 and dash, starting with a letter. */
  readonly name: string;
  /** LiteLLM. */
  readonly image: {
    /** In Artifact Registry, by digest: `….pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…` */
    readonly uri: string;
    /** Of LiteLLM in it. Those known to be bad are refused (`litellm-versions.ts`). */
    readonly version: string;
  };
  /** What its containers run as. */
  readonly account: GatewayAccount;
  /** What it serves, e.g. a `LiteLlmConfiguration`. */
  readonly configuration: Pick<GatewayConfiguration, 'yaml' | 'variables' | 'longestRequestSeconds'>;
  /** Variables that hold a secret: LITELLM_MASTER_KEY, which must be there, and those that the configuration reads. */
  readonly secrets: Readonly<Record<string, SecretVersionReference>>;
  /** Encrypts what the gateway keeps in its database: without it, LiteLLM takes the master key, and then nobody can rotate that. */
  readonly saltKey: SecretVersionReference;
  /** Database login, Redis. */
  readonly additions: readonly ContainerAdditions[];
  /** Everything that it sends goes through this network. */
  readonly network: {
    /** projects/P/global/networks/N */
    readonly network: string;
    /** projects/P/regions/R/subnetworks/S */
    readonly subnetwork: string;
  };
  /** Each vCPU runs one worker. */
  readonly size: {
    /** vCPUs. */
    readonly cpu: number;
    /** GiB. */
    readonly memoryGiB: number;
  };
  /** How many instances there are. */
  readonly scale: {
    /** Instances that always run, however many revisions they are of; at least 1. */
    readonly min: number;
    /** Instances of one revision at most. */
    readonly max: number;
    /**
     * Requests at a time in an instance, 1 to 1000; a stream is one for as long as it lasts.
     * @default 40 a vCPU
     */
    readonly concurrency?: number;
  };
  /**
   * A share of the requests for the newest revision, the rest for one that has proved itself.
   * @default the newest revision gets everything
   */
  readonly canary?: Canary;
  /**
   * Raise it to make the same revision once more.
   * @default 1
   */
  readonly attempt?: number;
  /** Who may call it, by a name for messages and plans. */
  readonly callers: Readonly<Record<string, Principal>>;
  /**
   * Audiences of callers' ID tokens beside the service's own URL: the addresses of its front door.
   * @default none
   */
  readonly audiences?: readonly string[];
  /**
   * What must be there before a revision starts, beside what `additions` say: the migrations.
   * @default nothing
   */
  readonly after?: readonly IDependable[];
  /**
   * Full name of a key in the same region that encrypts the revisions.
   * @default Google-managed encryption
   */
  readonly kmsKey?: string;
  /**
   * While true, a deploy that would delete the service fails.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** LiteLLM on Cloud Run. It is reached through a load balancer or from inside only, and by those who may. */
export class GatewayService extends Construct {
  readonly resource: CloudRunV2Service;

  constructor(scope: Construct, id: string, props: GatewayServiceProps) {
    super(scope, id);
    const { account, additions, canary, name } = props;
    const container: GatewayContainerProps = {
      image: props.image.uri,
      ...props.size,
      yaml: props.configuration.yaml,
      variables: props.configuration.variables,
      secrets: { ...props.secrets, LITELLM_SALT_KEY: props.saltKey },
      additions,
    };
    const version = assessVersion(props.image.version);
    checkService(this, props, container, version.errors);
    for (const sentence of version.warnings) Annotations.of(this).addWarning(sentence);

    // What `additions` bring is granted by whoever made it.
    const readers = [...new Set(Object.values(container.secrets).map(({ secret }) => secret))].map((secret) => account.canRead(secret));
    this.resource = new CloudRunV2Service(this, 'Resource', {
      name,
      location: props.region,
      project: props.projectId,
      // The two are not options: whoever needs another ingress or no check of callers needs another service.
      ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
      invokerIamDisabled: false,
      customAudiences: props.audiences && props.audiences.length > 0 ? [...props.audiences] : undefined,
      deletionProtection: props.deletionProtection ?? true,
      scaling: { minInstanceCount: props.scale.min },
      template: this.template(props, container),
      traffic: trafficOf(canary),
      // Consoles and gcloud leave their name there.
      lifecycle: { ignoreChanges: ['client', 'client_version'] },
    });
    dependOn(this.resource, ...account.ready, ...readers, ...additions.flatMap((each) => each.dependencies), ...(props.after ?? []));

    const service = { projectId: props.projectId, location: props.region, name };
    dependOn(new Invokers(this, 'Invokers', { service, callers: props.callers }), this.resource);
  }

  private template(props: GatewayServiceProps, container: GatewayContainerProps): CloudRunV2ServiceTemplate {
    const { size, scale, network } = props;
    const sidecars = props.additions.flatMap((each) => each.sidecars);
    return {
      labels: props.attempt === undefined || props.attempt === 1 ? undefined : { attempt: String(props.attempt) },
      executionEnvironment: 'EXECUTION_ENVIRONMENT_GEN2',
      serviceAccount: props.account.email,
      timeout: `${serviceTimeout(props.configuration.longestRequestSeconds)}s`,
      maxInstanceRequestConcurrency: scale.concurrency ?? defaultConcurrency(size.cpu),
      encryptionKey: props.kmsKey,
      scaling: { maxInstanceCount: scale.max },
      vpcAccess: { egress: 'ALL_TRAFFIC', networkInterfaces: [{ ...network }] },
      containers: [gatewayContainer(container), ...sidecars.map(sidecarContainer)],
    };
  }

  /**
   * Name of the revision that takes new requests after a deploy: what `canary.stable` names when the next one is tried. Cloud Run makes the
   * names. One that we made would be in the way where a change is taken back: a name cannot be used twice.
   */
  get revision(): string {
    return Fn.basename(this.resource.latestReadyRevision);
  }
}

const CONCURRENCY_PER_CPU = 40;

export const defaultConcurrency = (cpu: number): number => CONCURRENCY_PER_CPU * cpu;
