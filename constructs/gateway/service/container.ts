import type { CloudRunV2ServiceTemplateContainers } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { literal } from '../../core';
import type { ContainerAdditions, SecretVersionReference, Sidecar } from '../database';
import { carriedFiles, LAUNCHER } from './carried-files';

/** LiteLLM's own. Were another one taken, LiteLLM would choose by chance when this one is busy. */
export const PORT = 4000;
/** Where the launcher answers the probes. Not reachable from outside: Cloud Run sends requests to one port only. */
const PROBE_PORT = 4001;
const CONFIG_PATH = '/tmp/gateway/config.yaml';

/** A startup may take as long as Cloud Run allows, 240 s; LiteLLM needs 14 to 40 s with its database (gateway-peers, BerriAI/litellm#10943). */
const STARTUP = { periodSeconds: 10, failureThreshold: 24, timeoutSeconds: 9 };
/** Three times in 90 s: a worker that is busy for a moment is not killed. */
const LIVENESS = { periodSeconds: 30, failureThreshold: 3, timeoutSeconds: 15, initialDelaySeconds: 30 };

/** What every gateway runs with; docs.litellm.ai/docs/proxy/config_settings. */
const VARIABLES = {
  // Reads no .env file that an image may have.
  LITELLM_MODE: 'PRODUCTION',
  LITELLM_LOG: 'ERROR',
  // Prices come with the image: else the start waits for GitHub, and what a request costs changes overnight.
  LITELLM_LOCAL_MODEL_COST_MAP: 'True',
  // What is open without a key says less.
  NO_DOCS: 'True',
  NO_REDOC: 'True',
  NO_OPENAPI: 'True',
  // The job migrates, before a revision needs it; instances that migrate at once get into each other's way (BerriAI/litellm#14400).
  DISABLE_SCHEMA_UPDATE: 'true',
} as const;

/** Cloud Run sets these itself and refuses them: https://cloud.google.com/run/docs/container-contract#env-vars */
const RESERVED = ['PORT', 'K_SERVICE', 'K_REVISION', 'K_CONFIGURATION'];

export interface GatewayContainerProps {
  /** LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:… */
  readonly image: string;
  readonly cpu: number;
  readonly memoryGiB: number;
  /** config.yaml. */
  readonly yaml: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretVersionReference>>;
  readonly additions: readonly ContainerAdditions[];
}

const merged = <T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.assign({}, ...records) as Record<string, T>;

/** Names of variables that are given more than once, or that nobody may give. */
export function variableProblems({ variables, secrets, additions }: GatewayContainerProps): string[] {
  const given = [
    ...Object.keys({ ...VARIABLES, NUM_WORKERS: '', GATEWAY_PROBE_PORT: '' }),
    ...[variables, secrets, ...additions.flatMap((each) => [each.variables, each.secrets])].flatMap(Object.keys),
  ];
  const twice = new Set(given.filter((name, index) => given.indexOf(name) !== index));
  return [
    ...[...twice].map((name) => `the variable ${name} is given more than once: by the service, the configuration, or what is beside it.`),
    ...RESERVED.filter((name) => given.includes(name)).map((name) => `the variable ${name} is Cloud Run's own.`),
    ...given.filter((name) => name.startsWith('GATEWAY_FILE_')).map((name) => `the variable ${name} is one of the launcher's own.`),
  ];
}

/** The container with LiteLLM: it waits for what is beside it. */
export function gatewayContainer(props: GatewayContainerProps): CloudRunV2ServiceTemplateContainers {
  const { image, cpu, memoryGiB, yaml, variables, secrets, additions } = props;
  const plain = {
    ...VARIABLES,
    NUM_WORKERS: String(cpu),
    GATEWAY_PROBE_PORT: String(PROBE_PORT),
    ...merged([...additions.map((each) => each.variables), variables]),
    ...carriedFiles({ [CONFIG_PATH]: yaml, ...merged(additions.map(({ files }) => files)) }),
  };
  const secret = merged([...additions.map((each) => each.secrets), secrets]);
  const sidecars = additions.flatMap((each) => each.sidecars);
  return {
    name: 'gateway',
    image,
    command: ['python3', '-c', literal(LAUNCHER)],
    args: ['--config', CONFIG_PATH, '--host', '0.0.0.0', '--port', String(PORT), '--num_workers', String(cpu)],
    // One order, whoever gave it: plans stay readable.
    env: [
      ...Object.entries(plain).map(([name, value]) => ({ name, value })),
      ...Object.entries(secret).map(([name, reference]) => ({ name, valueSource: { secretKeyRef: { ...reference } } })),
    ].sort((one, other) => (one.name < other.name ? -1 : 1)),
    ports: { containerPort: PORT },
    resources: {
      limits: { cpu: String(cpu), memory: `${memoryGiB}Gi` },
      startupCpuBoost: true,
      // Spend and logs are written between requests, too.
      cpuIdle: false,
    },
    startupProbe: { httpGet: { path: '/ready', port: PROBE_PORT }, ...STARTUP },
    livenessProbe: { httpGet: { path: '/alive', port: PROBE_PORT }, ...LIVENESS },
    dependsOn: sidecars.length > 0 ? sidecars.map(({ name }) => name) : undefined,
  };
}

/** What is beside it, and starts first. */
export const sidecarContainer = ({
  name,
  image,
  args,
  resources,
  startupProbe,
  livenessProbe,
}: Sidecar): CloudRunV2ServiceTemplateContainers => ({
  name,
  image,
  args: [...args],
  resources: { limits: { ...resources }, startupCpuBoost: true, cpuIdle: false },
  startupProbe: { httpGet: { ...startupProbe }, periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 1 },
  livenessProbe: { httpGet: { ...livenessProbe }, periodSeconds: 30, failureThreshold: 3, timeoutSeconds: 5 },
});
