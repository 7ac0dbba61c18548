import type { VertexAiEndpointConfig } from '@cdktf/provider-google/lib/vertex-ai-endpoint';
import type { Checks } from '../core';

export type NetworkModeName = 'dedicatedPublic' | 'sharedPublic' | 'privateServiceConnect' | 'privateServicesAccess';

/** What an endpoint of a mode can do. Source: https://docs.cloud.google.com/vertex-ai/docs/predictions/choose-endpoint-type */
interface Abilities {
  /** Several models with a traffic split. */
  readonly split: boolean;
  /** Request/response logging to BigQuery, and access logs. */
  readonly logging: boolean;
  /** Being inside a service perimeter (VPC Service Controls). */
  readonly perimeter: boolean;
}

/** What is asked of an endpoint, and a mode may not have. */
interface ModeUse {
  readonly models: number;
  readonly requestLogging: boolean;
  readonly accessLogging: boolean;
  readonly insidePerimeter: boolean;
  /** A model and its successor are deployed at once. */
  readonly surge: boolean;
}

/** `projects/{NUMBER}/global/networks/{name}`: the API takes the number of the project only, never its id. */
const NETWORK = /^projects\/\d+\/global\/networks\/[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PROJECT = /^([a-z][a-z0-9-]{4,28}[a-z0-9]|\d+)$/;

/** How clients reach an endpoint. One choice, made when the endpoint is created: another choice is another endpoint. */
export class NetworkMode {
  /** A host name of its own on the internet, behind IAM. 1 h time limit, 10 MB requests, streaming, gRPC. Not inside a perimeter. */
  static dedicatedPublic(): NetworkMode {
    return new NetworkMode('dedicatedPublic', { split: true, logging: true, perimeter: false }, { dedicatedEndpointEnabled: true });
  }

  /** The region's shared host name. 60 s time limit, 1.5 MB requests, no streaming. The only mode for tuned Gemini models. */
  static sharedPublic(): NetworkMode {
    return new NetworkMode('sharedPublic', { split: true, logging: true, perimeter: true }, {});
  }

  /**
   * Private Service Connect: reached through a forwarding rule in each consumer's network (`PrivateServiceConnectConsumer`).
   * 1 h time limit, 10 MB requests, streaming, gRPC.
   * @param options.allowlist projects, by id or number, whose networks may connect. The API cannot change it later, so another list is another endpoint.
   */
  static privateServiceConnect(options: { readonly allowlist: readonly string[] }): NetworkMode {
    const projectAllowlist = [...options.allowlist].sort();
    return new NetworkMode(
      'privateServiceConnect',
      { split: true, logging: true, perimeter: true },
      { privateServiceConnectConfig: { enablePrivateServiceConnect: true, projectAllowlist } },
    );
  }

  /**
   * Private services access: reached through a peering of one network, which must exist. One model, no split, no logging; 60 s time limit.
   * Prefer Private Service Connect.
   * @param options.network projects/NUMBER/global/networks/NAME, with the number of the project
   */
  static privateServicesAccess(options: { readonly network: string }): NetworkMode {
    return new NetworkMode('privateServicesAccess', { split: false, logging: false, perimeter: true }, { network: options.network });
  }

  private constructor(
    readonly name: NetworkModeName,
    readonly abilities: Abilities,
    /** Arguments of the endpoint. None of them can change in place: the endpoint's id is made from them. */
    readonly settings: Pick<VertexAiEndpointConfig, 'dedicatedEndpointEnabled' | 'privateServiceConnectConfig' | 'network'>,
  ) {}

  /** What is wrong with the mode's own inputs. */
  check(check: Checks): void {
    const { network, privateServiceConnectConfig } = this.settings;
    check.matches('networkMode.network', network, NETWORK, 'projects/NUMBER/global/networks/NAME with the number of the project');
    const allowlist = privateServiceConnectConfig?.projectAllowlist;
    check.that(() => allowlist?.length !== 0, '`networkMode.allowlist` must name the projects that may connect: with none, nobody can.');
    for (const project of allowlist ?? []) check.matches('networkMode.allowlist', project, PROJECT, 'a project id or number');
  }

  /** What is asked of the endpoint that this mode forbids, each with the way out. */
  checkUse(check: Checks, use: ModeUse): void {
    const { split, logging, perimeter } = this.abilities;
    if (!split && use.models > 1) {
      check.add(
        `networkMode ${this.name} serves exactly one model, got ${use.models}: Vertex AI has no traffic split there. ` +
          'Use NetworkMode.privateServiceConnect(), which has one, or an endpoint a model.',
      );
    }
    if (!split && use.surge) {
      check.add(
        `networkMode ${this.name} holds one model at a time, so its successor cannot come up beside it: write \`rollout: recreate\`, and ` +
          '`allowOutage: true` for the change itself. NetworkMode.privateServiceConnect() changes models without an outage.',
      );
    }
    if (!logging && use.requestLogging) {
      check.add(
        `networkMode ${this.name} has no request/response logging. Remove requestLogging, or use NetworkMode.privateServiceConnect().`,
      );
    }
    if (!logging && use.accessLogging) {
      check.add(`networkMode ${this.name} has no access logs. Remove logging.access, or use NetworkMode.privateServiceConnect().`);
    }
    if (!perimeter && use.insidePerimeter) {
      check.add(
        `networkMode ${this.name} does not work inside a service perimeter: dedicated public endpoints do not support VPC Service Controls. ` +
          'Use NetworkMode.privateServiceConnect(): it has a split, streaming and dedicated capacity too.',
      );
    }
  }
}
