import { type ReviewInput } from '../input';
import { at, isUnknown, type Value } from '../plan';
import { gatewayConfigurationIn } from './gateway-configuration';
import { allOf, place, type Located, type RuleFinding } from './rule';
import { elements, numberAt, textAt } from './values';
import { quote } from './words';

const SERVICE = 'google_cloud_run_v2_service';
const INSTANCE = 'google_sql_database_instance';
/** What may hold the configuration: the service itself, or an object or a secret that it mounts. */
const HOLDERS = [SERVICE, 'google_storage_bucket_object', 'google_secret_manager_secret_version'];

/** LiteLLM's own default: docs.litellm.ai/docs/proxy/prod. */
const DEFAULT_POOL = 10;
/** Old and new revision during a rollout. */
const REVISIONS = 2;
/** Connections that migrations take, and the share that stays free: the rule of the field, as in docs/risks. */
const MIGRATIONS = 5;
const USABLE = 0.8;

/** `max_connections` of PostgreSQL by memory in MB, where no flag says otherwise: https://cloud.google.com/sql/docs/postgres/flags */
const DEFAULTS: readonly (readonly [megabytes: number, connections: number])[] = [
  [120 * 1024, 1000],
  [60 * 1024, 800],
  [30 * 1024, 600],
  [15 * 1024, 500],
  [7.5 * 1024, 400],
  [6 * 1024, 200],
  [3.75 * 1024, 100],
  [1.7 * 1024, 50],
  [0, 25],
];

/** Compares what gateways may open with what databases take, where any part of the sum changes. */
export function connectionShortage(input: ReviewInput): RuleFinding[] {
  const gateways = allOf(input, SERVICE).filter(({ change }) => change.after !== null && isGateway(change.after));
  const databases = allOf(input, INSTANCE).filter(({ change }) => change.after !== null);
  return gateways.flatMap((gateway) => {
    const environment = environmentOf(gateway.stack);
    const own = databases.filter(({ stack }) => environmentOf(stack) === environment);
    const holders = allOf(input, ...HOLDERS).filter(({ stack }) => environmentOf(stack) === environment);
    const parts = [gateway, ...own, ...holders];
    return parts.some(({ change }) => change.action !== 'no-op')
      ? own.flatMap((database) => budget(input, gateway, database, holders))
      : [];
  });
}

/** Stacks are called `<environment>-<concern>`. */
const environmentOf = (stack: string): string => stack.slice(0, Math.max(0, stack.lastIndexOf('-')));

const environmentVariables = (service: Value): Value[] =>
  elements(at(service, 'template', 0, 'containers')).flatMap((container) => [...elements(at(container, 'env'))]);

const isGateway = (service: Value): boolean =>
  environmentVariables(service).some((variable) => /^(DATABASE_(URL|HOST|USER\w*|NAME)|LITELLM_\w+)$/.test(textAt(variable, 'name') ?? ''));

function budget(input: ReviewInput, gateway: Located, database: Located, holders: readonly Located[]): RuleFinding[] {
  const service = gateway.change.after;
  const instances = at(service, 'template', 0, 'scaling', 0, 'max_instance_count');
  const most = numberAt(instances);
  const workers = workersOf(service);
  const supply = supplyOf(database.change.after);
  if (most === undefined || most === 0 || workers === undefined || supply === undefined) {
    const missing = [
      ...(most === undefined || most === 0
        ? [isUnknown(instances) ? 'instances (known only after apply)' : 'the largest number of instances']
        : []),
      ...(workers === undefined ? ['workers'] : []),
      ...(supply === undefined ? ['what the database takes'] : []),
    ];
    return [
      { ...place(gateway), unknown: true, message: `The sum of its connections cannot be made: ${missing.join(', ')} not in the plan.` },
    ];
  }
  const pool = poolOf(input, holders) ?? DEFAULT_POOL;
  const opened = most * workers * pool * REVISIONS;
  const available = Math.max(0, Math.floor(supply * USABLE) - MIGRATIONS);
  if (opened <= available) return [];
  const sum = `${most} instances × ${workers} workers × ${pool} connections × ${REVISIONS} revisions = ${opened}`;
  return [
    {
      ...place(gateway),
      message: `${sum}; ${quote(textAt(database.change.after, 'name') ?? '?')} takes ${supply}, of which ${available} are for it.`,
    },
  ];
}

/** `NUM_WORKERS`, or one where it is not set: what LiteLLM does. Undefined where it is set and not known. */
function workersOf(service: Value): number | undefined {
  const variable = environmentVariables(service).find((each) => at(each, 'name') === 'NUM_WORKERS');
  if (variable !== undefined) return numberAt(variable, 'value');
  const words = elements(at(service, 'template', 0, 'containers')).flatMap((container) => [...elements(at(container, 'args'))]);
  const index = words.indexOf('--num_workers');
  return index < 0 ? 1 : numberAt(words[index + 1]);
}

function supplyOf(instance: Value): number | undefined {
  const flags = elements(at(instance, 'settings', 0, 'database_flags'));
  const flag = flags.find((each) => at(each, 'name') === 'max_connections');
  if (flag !== undefined) return numberAt(flag, 'value');
  const tier = textAt(instance, 'settings', 0, 'tier');
  if (tier === 'db-f1-micro') return 25;
  if (tier === 'db-g1-small') return 50;
  const megabytes = /^db-custom-\d+-(\d+)$/.exec(tier ?? '')?.[1] ?? memoryOfPerformanceTier(tier);
  return megabytes === undefined ? undefined : DEFAULTS.find(([least]) => Number(megabytes) >= least)![1];
}

/** `db-perf-optimized-N-8`: 8 GB for each vCPU. */
function memoryOfPerformanceTier(tier: string | undefined): number | undefined {
  const cpus = /^db-perf-optimized-N-(\d+)$/.exec(tier ?? '')?.[1];
  return cpus === undefined ? undefined : Number(cpus) * 8 * 1024;
}

const poolOf = (input: ReviewInput, holders: readonly Located[]): number | undefined =>
  holders
    .map(
      ({ stack, change }) =>
        gatewayConfigurationIn(change.after, input.stacks.find(({ plan }) => plan.stack === stack)!.plan.redact)?.poolSize,
    )
    .find((size) => size !== undefined);
