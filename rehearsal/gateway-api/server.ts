import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { invalid, notFound, ServiceError } from '../api/service-error';
import type { Store, StoredObject } from '../store';
import { DatabaseUsers } from './database-users';
import { type Execution, JobRuns } from './job-runs';
import { ServiceRevisions } from './service-revisions';

/** A call that the API received, before it is served. */
export interface GatewayCall {
  /** From 1, over the life of the server. */
  readonly number: number;
  readonly verb:
    | 'services.get'
    | 'revisions.get'
    | 'jobs.get'
    | 'jobs.run'
    | 'executions.list'
    | 'executions.get'
    | 'users.update'
    | 'operations.get'
    | 'generateAccessToken'
    | 'unknown';
  /** Full name of what it is about. */
  readonly name: string;
}

export type GatewayFault =
  /** Refused; nothing was changed. */
  | { readonly kind: 'status'; readonly status: number }
  /** The call was served, and its answer is lost. */
  | { readonly kind: 'lost' }
  /** The call was served, and nothing comes back: what a caller that is killed leaves behind. */
  | { readonly kind: 'silence' }
  /** The execution that the call starts fails, for this reason. */
  | { readonly kind: 'failing'; readonly message: string };

export interface GatewayApiOptions {
  readonly store: Store;
  /** What goes wrong, call by call. Default: nothing. */
  readonly faults?: (call: GatewayCall) => GatewayFault | undefined;
  /** Virtual seconds that pass with a call. Default: 15. */
  readonly secondsPerCall?: number;
  /** Virtual seconds of an execution. Default: 40, so that it is over at the third look. */
  readonly executionSeconds?: number;
}

export interface GatewayApi {
  /** For `GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT` and, as all paths differ, `GOOGLE_SQL_CUSTOM_ENDPOINT`. */
  readonly url: string;
  /** Every call so far, in order. */
  readonly calls: readonly GatewayCall[];
  /** What must never hold, and did: a line each. */
  readonly violations: readonly string[];
  executions(job: string): readonly Execution[];
  close(): Promise<void>;
}

const JOB = '(projects/[^/:]+/locations/[^/:]+/jobs/[^/:]+)';
const SERVICE = '(projects/[^/:]+/locations/[^/:]+/services/[^/:]+)';
const ROUTES: readonly (readonly [string, RegExp, GatewayCall['verb']])[] = [
  ['GET', new RegExp(`^${JOB}$`), 'jobs.get'],
  ['POST', new RegExp(`^${JOB}:run$`), 'jobs.run'],
  ['GET', new RegExp(`^${JOB}/executions$`), 'executions.list'],
  ['GET', new RegExp(`^(${JOB}/executions/[^/:]+)$`), 'executions.get'],
  ['GET', new RegExp(`^${SERVICE}$`), 'services.get'],
  ['GET', new RegExp(`^(${SERVICE}/revisions/[^/:]+)$`), 'revisions.get'],
  ['PUT', /^(projects\/[^/]+\/instances\/[^/]+)\/users$/, 'users.update'],
  ['GET', /^(projects\/[^/]+\/operations\/[^/]+)$/, 'operations.get'],
  ['POST', /^projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/, 'generateAccessToken'],
];

/** Serves what the steps of a gateway call: jobs of Cloud Run, users of Cloud SQL. On loopback, over the store of the embedded provider. */
export async function serveGatewayApi(options: GatewayApiOptions): Promise<GatewayApi> {
  const { store, faults = () => undefined, secondsPerCall = 15, executionSeconds = 40 } = options;
  const users = new DatabaseUsers(store);
  const services = new ServiceRevisions(store);
  const runs = new JobRuns(store, executionSeconds, (job) => refusalOf(job, users));
  const calls: GatewayCall[] = [];
  const violations: string[] = [];

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      violations.push(`the rehearsal's own mistake: ${error instanceof Error ? error.stack : String(error)}`);
      answer(response, 500, { error: { code: 500, message: String(error) } });
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const call = { number: calls.length + 1, ...routeOf(request.method ?? '', url.pathname.slice(1)) };
    const text = await textOf(request);
    calls.push(call);
    runs.advance(secondsPerCall);
    const fault = faults(call);
    const [status, result] = fault?.kind === 'status' ? refused(fault.status) : outcome(request, call, url, text, fault);
    await store.saved();
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'lost') return void response.destroy();
    answer(response, status, result);
  }

  function outcome(
    request: IncomingMessage,
    call: GatewayCall,
    url: URL,
    text: string,
    fault: GatewayFault | undefined,
  ): [number, unknown] {
    try {
      if (!/^Bearer .+$/.test(request.headers.authorization ?? ''))
        throw new ServiceError('UNAUTHENTICATED', 'Request had invalid authentication credentials.');
      return [200, perform(call, url, text, fault)];
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return [error.httpStatus, { error: { code: error.httpStatus, message: error.message, status: error.code } }];
    }
  }

  function perform({ number, verb, name }: GatewayCall, url: URL, text: string, fault: GatewayFault | undefined): unknown {
    switch (verb) {
      case 'jobs.get':
        return runs.job(name);
      case 'jobs.run': {
        const running = runs.list(name).find(({ completionTime }) => !completionTime);
        if (running) violations.push(`call ${number}: a second execution of ${name} beside ${running.name}`);
        return runs.start(name, jsonOf(text), fault?.kind === 'failing' ? fault.message : undefined);
      }
      case 'executions.list':
        return { executions: runs.list(name) };
      case 'executions.get':
        return runs.get(name);
      case 'services.get':
        return services.service(name);
      case 'revisions.get':
        return services.revision(name);
      case 'users.update':
        return users.grant(name, url.searchParams.get('name') ?? '', url.searchParams.getAll('databaseRoles'));
      case 'operations.get':
        return { kind: 'sql#operation', name: name.split('/').pop(), status: 'DONE' };
      case 'generateAccessToken':
        return { accessToken: `rehearsal of ${name}`, expireTime: new Date(Date.now() + 3_600_000).toISOString() };
      default:
        throw notFound(`The rehearsal does not serve ${url.pathname}.`);
    }
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    violations,
    executions: (job) => runs.list(job),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Whether the containers of a job get into their database, as far as their environment says how. */
function refusalOf({ attributes }: StoredObject, users: DatabaseUsers): string | undefined {
  const { template } = attributes as { template?: { template?: { containers?: { env?: { name: string; value?: string }[] }[] }[] }[] };
  const variables = template?.[0]?.template?.[0]?.containers?.flatMap(({ env = [] }) => env) ?? [];
  const url = variables.find(({ name }) => name === 'DATABASE_URL')?.value;
  return url ? users.refusal(String(attributes.project), url) : undefined;
}

function routeOf(method: string, path: string): Pick<GatewayCall, 'verb' | 'name'> {
  for (const [routeMethod, pattern, verb] of ROUTES) {
    const match = method === routeMethod ? pattern.exec(path) : null;
    if (match) return { verb, name: match[1] ?? '' };
  }
  return { verb: 'unknown', name: path };
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || '{}') as Record<string, unknown>;
  } catch {
    throw invalid('Invalid JSON payload received.');
  }
}

const refused = (status: number): [number, unknown] => [
  status,
  { error: { code: status, message: `The rehearsal was asked to answer ${status}.` } },
];

function answer(response: ServerResponse, status: number, result: unknown): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
