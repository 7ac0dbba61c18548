import { serveVertexApi, type VertexApi, type VertexApiOptions } from '../../../rehearsal/api';
import { MemoryStore } from '../../../rehearsal/store';

export const ENDPOINT = 'projects/acme/locations/europe-west4/endpoints/123';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { error?: { message: string; status: string } };
}

/** The endpoint API over a store with one endpoint, and what a test needs to call it. */
export class ApiClient {
  private constructor(
    readonly store: MemoryStore,
    readonly api: VertexApi,
  ) {}

  static async start(options: Partial<VertexApiOptions> = {}, attributes: Record<string, never> | object = {}): Promise<ApiClient> {
    const store = new MemoryStore();
    const client = new ApiClient(store, await serveVertexApi({ store, ...options }));
    client.createEndpoint(ENDPOINT, attributes);
    return client;
  }

  createEndpoint(id: string, attributes: object = {}): void {
    const all = { display_name: 'test', traffic_split: '', deployed_models: [], ...attributes };
    this.store.put({
      provider: 'google',
      type: 'google_vertex_ai_endpoint',
      id,
      created: new Date(Date.UTC(2026, 10, 21) + this.store.next('test')).toISOString(),
      attributes: all,
    });
  }

  endpoint(): Record<string, unknown> {
    return this.store.get({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT })?.attributes ?? {};
  }

  async call(method: string, path: string, body?: unknown, token = 'good'): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(this.api.url + path, { method, headers: { authorization: `Bearer ${token}` }, body: text });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }

  post(verb: string, body: unknown): Promise<Answer> {
    return this.call('POST', `${ENDPOINT}:${verb}`, body);
  }

  patch(trafficSplit: unknown): Promise<Answer> {
    return this.call('PATCH', `${ENDPOINT}?updateMask=trafficSplit`, { trafficSplit });
  }

  /** Starts an operation and looks until it has ended. */
  async operate(verb: string, body: unknown): Promise<Answer> {
    let answer = await this.post(verb, body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    while (!answer.body.done) answer = await this.call('GET', String(answer.body.name));
    return answer;
  }
}

/** The body of a deploy that the service takes; `resources` and `fields` replace single fields. */
export function deployable(id: string, resources: object = {}, fields: object = {}): { deployedModel: Record<string, unknown> } {
  return {
    deployedModel: {
      id,
      displayName: `flash-${id}`,
      model: 'projects/acme/locations/europe-west4/models/flash@2',
      dedicatedResources: {
        machineSpec: { machineType: 'g2-standard-12', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 },
        minReplicaCount: 1,
        maxReplicaCount: 2,
        ...resources,
      },
      ...fields,
    },
  };
}
