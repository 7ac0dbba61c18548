import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Store } from '../store';
import { EndpointService, type OperationFate, type ServiceSettings } from './endpoint-service';
import type { ApiCall, CallFault, FaultSource } from './faults';
import { Invariants } from './invariants';
import { Operations } from './operations';
import { EndpointPolicies, type Policy } from './policies';
import { quotaOfPreferences } from './quota';
import { EndpointRecords } from './records';
import { invalid, notFound, ServiceError } from './service-error';
import { demandShape, REQUESTS } from './shapes';

export interface VertexApiOptions extends Partial<ServiceSettings> {
  /** The rehearsal's store: the endpoints in it are served. */
  readonly store: Store;
  /** What goes wrong. Default: nothing. */
  readonly faults?: FaultSource;
  /** Virtual seconds that pass with a call. Default: 15, what the reconciler waits between two looks, and then some. */
  readonly secondsPerCall?: number;
  /** Which access tokens are good. Default: any that is not empty. */
  readonly acceptsToken?: (token: string) => boolean;
}

export interface VertexApi {
  /** For `GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT`, and `GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT` where an account is impersonated. */
  readonly url: string;
  /** Every call so far, in order. */
  readonly calls: readonly ApiCall[];
  readonly invariants: Invariants;
  readonly records: EndpointRecords;
  readonly policies: EndpointPolicies;
  close(): Promise<void>;
}

/** A deploy is over at the fourth look, the others at the third. */
const DURATIONS: ServiceSettings['durations'] = { DeployModel: 60, UndeployModel: 40, MutateDeployedModel: 40 };

const ENDPOINT = '(projects/[^/:]+/locations/[^/:]+/endpoints/[^/:]+)';
const ROUTES: readonly (readonly [string, RegExp, string])[] = [
  // Policies of endpoints are not in v1: discovery document of aiplatform.googleapis.com, revision 20261106.
  ['POST', new RegExp(`^v1beta1/${ENDPOINT}:(getIamPolicy|setIamPolicy)$`), ''],
  ['GET', new RegExp(`^${ENDPOINT}$`), 'get'],
  ['PATCH', new RegExp(`^${ENDPOINT}$`), 'patch'],
  ['POST', new RegExp(`^${ENDPOINT}:(deployModel|undeployModel|mutateDeployedModel)$`), ''],
  ['GET', new RegExp(`^${ENDPOINT}/operations$`), 'operations.list'],
  ['GET', new RegExp(`^${ENDPOINT}/operations/[^/:]+$`), 'operations.get'],
  ['POST', new RegExp(`^${ENDPOINT}/operations/[^/:]+:wait$`), 'operations.wait'],
  // Of another service, iamcredentials.googleapis.com: what whoever deploys as a service account asks for first.
  ['POST', /^projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/, 'generateAccessToken'],
];

/** Serves the endpoint API of Vertex AI on loopback, over the same store as the embedded provider. */
export async function serveVertexApi(options: VertexApiOptions): Promise<VertexApi> {
  const { store, faults = () => undefined, secondsPerCall = 15, acceptsToken = (token) => token !== '' } = options;
  const records = new EndpointRecords(store);
  const operations = new Operations(() => store.next('vertex operation'));
  const policies = new EndpointPolicies(store);
  const service = new EndpointService(records, operations, policies, {
    quota: options.quota ?? quotaOfPreferences(store),
    modelExists: options.modelExists ?? (() => true),
    durations: options.durations ?? DURATIONS,
    listsWhileDeploying: options.listsWhileDeploying ?? false,
  });
  const invariants = new Invariants(records, policies);
  const calls: ApiCall[] = [];

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      invariants.report(error);
      answer(response, 500, { error: { code: 500, message: String(error) } });
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const path = url.pathname.replace(/^\/(v1\/)?/, '');
    const body = await textOf(request);
    const call = { number: calls.length + 1, method: request.method ?? '', ...routeOf(request.method ?? '', path) };
    calls.push(call);
    operations.advance(secondsPerCall);
    const fault = faults(call);
    const [status, result] = fault?.kind === 'status' ? refusal(fault) : isUnserved(fault) ? [0, {}] : outcome();
    invariants.check(call);
    await store.saved();
    await deliver(response, status, result, fault);

    function outcome(): [number, unknown] {
      try {
        const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        if (!acceptsToken(token)) throw new ServiceError('UNAUTHENTICATED', 'Request had invalid authentication credentials.');
        return [200, perform(call, path, url, body, fault)];
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        return [error.httpStatus, { error: { code: error.httpStatus, message: error.message, status: error.code } }];
      }
    }
  }

  function perform(call: ApiCall, path: string, url: URL, text: string, fault: CallFault | undefined): unknown {
    const { verb, endpoint } = call;
    const body = text === '' ? {} : jsonOf(text);
    const fate: OperationFate = {
      failure: fault?.kind === 'failing' ? fault.error : undefined,
      drag: fault?.kind === 'dragging' ? fault.times : undefined,
    };
    switch (verb) {
      case 'get':
        return service.get(endpoint);
      case 'patch':
        return service.patch(endpoint, body, url.searchParams.get('updateMask') ?? '');
      case 'deployModel':
      case 'undeployModel':
      case 'mutateDeployedModel':
        return service[verb](endpoint, body, fate);
      case 'getIamPolicy':
        return service.getIamPolicy(endpoint, body, Number(url.searchParams.get('options.requestedPolicyVersion') ?? 0));
      case 'setIamPolicy':
        demandShape(body, REQUESTS.setIamPolicy);
        invariants.expectPolicyWrite(call, (body.policy ?? {}) as Policy);
        return service.setIamPolicy(endpoint, body);
      case 'operations.list':
        return page(operations.list(endpoint), url.searchParams);
      case 'operations.get':
        return operations.get(path);
      case 'operations.wait':
        demandShape(body, REQUESTS.wait);
        operations.advance(secondsPerCall);
        return operations.get(path.replace(/:wait$/, ''));
      case 'generateAccessToken':
        demandShape(body, REQUESTS.generateAccessToken);
        return { accessToken: `rehearsal of ${endpoint}`, expireTime: new Date(Date.now() + 3_600_000).toISOString() };
      default:
        throw notFound(`The rehearsal serves no ${verb} at ${path}.`);
    }
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
    calls,
    invariants,
    records,
    policies,
    async close() {
      records.close();
      policies.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function routeOf(method: string, path: string): Pick<ApiCall, 'verb' | 'endpoint'> {
  for (const [routeMethod, pattern, verb] of ROUTES) {
    const match = method === routeMethod ? pattern.exec(path) : null;
    if (match) return { verb: verb || (match[2] ?? ''), endpoint: match[1] ?? '' };
  }
  return { verb: `${method} (unknown)`, endpoint: '' };
}

function page<T>(operations: readonly T[], query: URLSearchParams): unknown {
  const start = Number(query.get('pageToken') ?? 0);
  const end = start + Number(query.get('pageSize') ?? 50);
  if (!Number.isInteger(end) || end <= start) throw invalid('page_size and page_token must be numbers as given out before.');
  return { operations: operations.slice(start, end), ...(end < operations.length ? { nextPageToken: String(end) } : {}) };
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw invalid('Invalid JSON payload received.');
  }
}

function refusal({ status, message }: Extract<CallFault, { kind: 'status' }>): [number, unknown] {
  return [status, { error: { code: status, message: message ?? `The rehearsal was asked to answer ${status}.` } }];
}

const isUnserved = (fault: CallFault | undefined) => fault?.kind === 'dropped' || (fault?.kind === 'silence' && !fault.served);

async function deliver(response: ServerResponse, status: number, result: unknown, fault: CallFault | undefined): Promise<void> {
  if (fault?.kind === 'silence') return;
  if (fault?.kind === 'dropped' || fault?.kind === 'lost') return void response.destroy();
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds).unref());
  if (fault?.kind === 'status' && fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
  if (fault?.kind === 'garbled') return void response.writeHead(status).end(JSON.stringify(result).slice(0, -1));
  answer(response, status, result);
}

function answer(response: ServerResponse, status: number, result: unknown): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
