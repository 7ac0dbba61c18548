import type { GatewayConfiguration } from '../index';
import { buildConfig, type Extra, MASTER_KEY_VARIABLE } from './build-config';
import { DEFAULT_USAGE, requestsOf, type RequestSettings } from './defaults';
import { type Finding, lint } from './lint';
import type { ModelAliases, ModelGroups } from './model-group';
import { needsRedis } from './needs-redis';
import { renderConfig } from './render';
import { callbackNeeds, type Usage } from './usage';
import { longestRequestSeconds } from './walk';

/** LiteLLM's own default is 10; its authors advise 5 to 10 a worker. */
const CONNECTIONS_PER_WORKER = 5;

/** What the service has where there is Redis. */
const REDIS_VARIABLES = ['REDIS_HOST', 'REDIS_PORT'];

export interface LiteLlmConfigurationProps {
  /** Model groups, by the name that clients ask for. */
  readonly models: ModelGroups;
  /**
   * Further names of groups.
   * @default none
   */
  readonly aliases?: ModelAliases;
  /**
   * How requests are tried.
   * @default each as in `DEFAULT_REQUESTS`: 300 s a try, 2 more tries for what passes, none for what does not
   */
  readonly requests?: RequestSettings;
  /**
   * What is told of requests, and to whom.
   * @default each as in `DEFAULT_USAGE`: nothing to nobody, spend every 60 s
   */
  readonly usage?: Partial<Usage>;
  /**
   * Keys of LiteLLM that have no name here; each must be one that the pinned version knows.
   * @default none
   */
  readonly extra?: Extra;
  /** The secret that holds the master key; whatever names it there, it comes back in `secrets`. */
  readonly masterKeySecret: string;
  /**
   * Limits of keys and teams, which only hold over all instances where these share a count; each as a phrase.
   * @default none
   */
  readonly limits?: readonly string[];
  /**
   * Size of each worker's database pool.
   * @default 5
   */
  readonly connectionsPerWorker?: number;
  /**
   * Redis is there, as REDIS_HOST and REDIS_PORT; what else it takes to log in is in variables that LiteLLM reads itself.
   * @default false
   */
  readonly redis?: boolean;
  /**
   * Most instances that run at a time: limits of one need no Redis.
   * @default 1
   */
  readonly instances?: number;
  /**
   * Version of LiteLLM in the image.
   * @default the pinned one
   */
  readonly imageVersion?: string;
  /**
   * ISO date at which models are judged. It decides about findings, never about the file.
   * @default today
   */
  readonly today?: string;
}

/**
 * LiteLLM's config.yaml from model groups: closed, and linted. LiteLLM itself starts with misspelt keys, dangling fallbacks and unset
 * variables; here they are findings, which `ConfigurationLint` turns into errors and annotations of a stack.
 */
export class LiteLlmConfiguration implements GatewayConfiguration {
  readonly yaml: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly longestRequestSeconds: number;
  readonly connectionsPerWorker: number;
  readonly needsRedis: readonly string[];
  readonly calls: GatewayConfiguration['calls'];
  /** What the linter says, errors first. */
  readonly findings: readonly Finding[];

  constructor(props: LiteLlmConfigurationProps) {
    const { models, aliases = {}, extra = {}, redis = false } = props;
    const requests = requestsOf(props.requests ?? {});
    const usage = { ...DEFAULT_USAGE, ...props.usage };
    const sources = Object.values(models).flatMap(({ deployments }) => deployments.map(({ source }) => source));
    const callbacks = callbackNeeds(usage);
    this.connectionsPerWorker = props.connectionsPerWorker ?? CONNECTIONS_PER_WORKER;
    const config = buildConfig({ models, aliases, requests, usage, extra, redis, connectionsPerWorker: this.connectionsPerWorker });
    this.yaml = renderConfig(config);
    this.secrets = {
      [MASTER_KEY_VARIABLE]: props.masterKeySecret,
      ...Object.fromEntries(sources.flatMap(({ key }) => (key ? [[key.variable, key.secret]] : []))),
      ...callbacks.secrets,
      ...extra.secrets,
    };
    this.variables = callbacks.variables;
    this.longestRequestSeconds = longestRequestSeconds(models, requests);
    this.needsRedis = [...needsRedis(models), ...(props.limits ?? [])];
    this.calls = {
      apis: sorted([...sources.map(({ api }) => api), ...callbacks.apis]),
      hosts: sorted([...sources.map(({ host }) => host), ...callbacks.hosts]),
    };
    const variables = [...Object.keys(this.secrets), ...Object.keys(this.variables), ...(redis ? REDIS_VARIABLES : [])];
    this.findings = lint({ ...props, requests, usage, aliases, extra, redis, config, needsRedis: this.needsRedis, variables });
  }
}

const sorted = (names: readonly (string | undefined)[]): string[] =>
  [...new Set(names.filter((name) => name !== undefined))].sort((one, other) => (one < other ? -1 : 1));
