import type { LiteLlmConfig } from './litellm-config';

/** Where LiteLLM tells of each request. What is called `…Secret` names a secret, as `ModelKey.secret` does. */
export interface UsageCallbacks {
  /**
   * Metrics under /metrics, for whoever has a key.
   * @default none
   */
  readonly prometheus?: Readonly<Record<string, never>>;
  /**
   * Traces through OpenTelemetry.
   * @default none
   */
  readonly otel?: {
    /** URL of the collector. */
    readonly endpoint: string;
    /** How the collector is spoken to. */
    readonly protocol: 'http/protobuf' | 'grpc';
    /** Secret with headers, NAME=VALUE and commas between. */
    readonly headersSecret?: string;
  };
  /**
   * Requests in a project of Langfuse.
   * @default none
   */
  readonly langfuse?: {
    /** URL of Langfuse. */
    readonly host: string;
    /** Secret with the public key. */
    readonly publicKeySecret: string;
    /** Secret with the secret key. */
    readonly secretKeySecret: string;
  };
  /**
   * An object a request. LiteLLM Enterprise.
   * @default none
   */
  readonly gcsBucket?: {
    /** Name of the bucket. */
    readonly bucket: string;
  };
  /**
   * A message a request. LiteLLM Enterprise.
   * @default none
   */
  readonly pubSub?: {
    /** Name of the topic. */
    readonly topic: string;
    /** Project of the topic. */
    readonly projectId: string;
  };
}

export interface Usage {
  /** Where LiteLLM tells of each request. */
  readonly callbacks: UsageCallbacks;
  /**
   * Secret with a licence of LiteLLM Enterprise.
   * @default none
   */
  readonly licenceSecret?: string;
  /** Callbacks and the database get what is said, not only how much. */
  readonly recordPrompts: boolean;
  /** Request headers that spend is broken down by, beside key, team and model. Lower case. */
  readonly spendTagHeaders: readonly string[];
  /** Seconds between two times that spend goes to the database. */
  readonly spendEverySeconds: number;
}

/** What a callback needs: where LiteLLM lists it, and the environment that it reads. */
interface Needs {
  readonly variables?: Readonly<Record<string, string>>;
  /** Name of the variable → the secret. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  readonly apis?: readonly string[];
  readonly hosts?: readonly string[];
}

type Name = keyof UsageCallbacks;
const hostOf = (url: string): string => new URL(url).host;

/** LiteLLM reads all of these from the environment, and complains in its log only, request by request, when one is missing. */
const NEEDS: { readonly [N in Name]: (settings: NonNullable<UsageCallbacks[N]>) => Needs } = {
  prometheus: () => ({}),
  otel: ({ endpoint, protocol, headersSecret }) => ({
    variables: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: protocol },
    secrets: { OTEL_EXPORTER_OTLP_HEADERS: headersSecret },
    hosts: [hostOf(endpoint)],
  }),
  langfuse: ({ host, publicKeySecret, secretKeySecret }) => ({
    variables: { LANGFUSE_HOST: host },
    secrets: { LANGFUSE_PUBLIC_KEY: publicKeySecret, LANGFUSE_SECRET_KEY: secretKeySecret },
    hosts: [hostOf(host)],
  }),
  gcsBucket: ({ bucket }) => ({ variables: { GCS_BUCKET_NAME: bucket }, apis: ['storage.googleapis.com'] }),
  pubSub: ({ topic, projectId }) => ({
    variables: { GCS_PUBSUB_TOPIC_ID: topic, GCS_PUBSUB_PROJECT_ID: projectId },
    apis: ['pubsub.googleapis.com'],
  }),
};

/** LiteLLM refuses to start with them, unless it finds a licence. */
export const ENTERPRISE_CALLBACKS: readonly Name[] = ['gcsBucket', 'pubSub'];

const LICENCE_VARIABLE = 'LITELLM_LICENSE';

/** All that the callbacks of a configuration need, together. */
export function callbackNeeds({ callbacks, licenceSecret }: Usage): Required<Needs> & { readonly secrets: Record<string, string> } {
  const needs = (Object.keys(NEEDS) as Name[]).flatMap((name) => (callbacks[name] === undefined ? [] : [needsOf(name, callbacks)]));
  const secrets = Object.entries(Object.assign({ [LICENCE_VARIABLE]: licenceSecret }, ...needs.map((need) => need.secrets)));
  return {
    variables: Object.assign({}, ...needs.map(({ variables }) => variables)),
    secrets: Object.fromEntries(secrets.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    apis: needs.flatMap(({ apis }) => apis ?? []),
    hosts: needs.flatMap(({ hosts }) => hosts ?? []),
  };
}

const needsOf = <N extends Name>(name: N, callbacks: UsageCallbacks): Needs => NEEDS[name](callbacks[name]!);

/** What stands in `litellm_settings` of usage. */
export function usageSettings({ callbacks, recordPrompts, spendTagHeaders }: Usage): UsageSettings {
  const { prometheus, otel, langfuse, gcsBucket, pubSub } = callbacks;
  const loggers = [
    ...(prometheus ? ['prometheus' as const] : []),
    ...(otel ? ['otel' as const] : []),
    ...(gcsBucket ? ['gcs_bucket' as const] : []),
    ...(pubSub ? ['gcs_pubsub' as const] : []),
  ];
  return {
    ...(loggers.length > 0 ? { callbacks: loggers } : {}),
    ...(langfuse ? { success_callback: ['langfuse' as const], failure_callback: ['langfuse' as const] } : {}),
    turn_off_message_logging: !recordPrompts,
    ...(spendTagHeaders.length > 0 ? { extra_spend_tag_headers: [...spendTagHeaders] } : {}),
  };
}

type UsageSettings = Pick<
  LiteLlmConfig['litellm_settings'],
  'callbacks' | 'success_callback' | 'failure_callback' | 'turn_off_message_logging' | 'extra_spend_tag_headers'
>;
