import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CLIENTS } from './litellm';
import { TOKENS } from './upstream/model';
import { openai } from './upstream/openai';
import { OpenAiSchema } from './upstream/openai-schema';
import { Refusal } from './upstream/protocol';
import { type Addressed, type Api, type Call, Upstream } from './upstream/upstream';

const VECTOR = [0.25, -0.5, 0.75];

/** A server that speaks OpenAI's API on loopback, such as Ollama or vLLM. Every model that it is asked for exists. */
export class OpenAiServer implements Api {
  readonly protocol = openai;
  /** What the models got, and what they are told to do. */
  readonly models = new Upstream();
  private readonly schema = new OpenAiSchema(CLIENTS);
  private readonly server: Server;

  /** @param key The only one that is good; default: any, or none, as Ollama does. */
  static async start(key?: string): Promise<OpenAiServer> {
    const upstream = new OpenAiServer(key);
    await new Promise<void>((resolve) => upstream.server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  private constructor(private readonly key: string | undefined) {
    this.server = createServer((request, response) => void this.models.handle(this, request, response));
  }

  /** For `api_base`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  address(call: Call, method: string): Addressed {
    const kind = { '/v1/chat/completions': 'chat', '/v1/embeddings': 'embeddings' }[call.path] as 'chat' | 'embeddings' | undefined;
    if (method !== 'POST' || !kind) throw new Refusal(404, `There is no ${method} ${call.path}.`);
    if (this.key !== undefined && call.headers.authorization !== `Bearer ${this.key}`)
      throw new Refusal(401, 'Incorrect API key provided.');
    const problem = this.schema.problem(kind, call.body);
    if (problem !== undefined) throw new Refusal(400, problem);
    const common = { model: String(call.body.model), protocol: openai };
    if (kind === 'chat') return { ...common, ...(call.body.stream === true ? { stream: 'events' as const } : {}) };
    const usage = { prompt_tokens: TOKENS.input, total_tokens: TOKENS.input };
    const data = [call.body.input].flat().map((_, index) => ({ object: 'embedding', index, embedding: VECTOR }));
    return { ...common, fixed: { object: 'list', data, model: common.model, usage } };
  }
}
