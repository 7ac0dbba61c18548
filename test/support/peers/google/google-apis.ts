import { CLIENTS } from '../litellm';
import { anthropic } from '../upstream/anthropic';
import { gemini } from '../upstream/gemini';
import { openai } from '../upstream/openai';
import { OpenAiSchema } from '../upstream/openai-schema';
import { TOKENS } from '../upstream/model';
import { type Protocol, Refusal } from '../upstream/protocol';
import type { Addressed, Api, Call } from '../upstream/upstream';
import { DiscoveryDocument } from './discovery';

export interface GoogleApisProps {
  readonly projectId: string;
  /** The only token that is good. */
  readonly token: () => string;
  /** The only key of AI Studio that is good. */
  readonly aiStudioKey: string;
}

const AI_STUDIO = 'generativelanguage.googleapis.com';
const AI_STUDIO_RULES = { schema: 'GoogleCloudAiplatformV1beta1GenerateContentRequest', inPath: ['model'] };
const VECTOR = [0.25, -0.5, 0.75];
const PROTOCOLS: Record<string, Protocol> = { anthropic, mistralai: openai };

/** Hosts of Vertex AI, each with the location that it serves. An endpoint has a host of its own, with its id and the project's number. */
const HOSTS = [
  /^(?<location>[a-z]+-[a-z]+\d+)-aiplatform\.googleapis\.com$/,
  /^aiplatform\.(?<location>eu|us)\.rep\.googleapis\.com$/,
  /^[^.]+\.(?<location>[a-z]+-[a-z]+\d+)-\d+\.prediction\.vertexai\.goog$/,
  // Through Private Service Connect.
  /^[^.]+-(?<location>[a-z]+-[a-z]+\d+)-\d+\.prediction\.p\.vertexai\.goog$/,
];

function locationOf(host: string): string | undefined {
  if (host === 'aiplatform.googleapis.com') return 'global';
  return HOSTS.map((pattern) => pattern.exec(host)?.groups?.location).find((location) => location !== undefined);
}

/** Vertex AI and AI Studio: who may call, what a request may hold, and what it asks. */
export class GoogleApis implements Api {
  readonly protocol = gemini;
  private readonly documents: Readonly<Record<string, DiscoveryDocument>> = {
    v1: new DiscoveryDocument('aiplatform.v1'),
    v1beta1: new DiscoveryDocument('aiplatform.v1beta1'),
  };
  private readonly openAiSchema = new OpenAiSchema(CLIENTS);

  constructor(private readonly props: GoogleApisProps) {}

  address(call: Call, method: string): Addressed {
    return call.host === AI_STUDIO ? this.aiStudio(call, method) : this.vertex(call, method);
  }

  private vertex(call: Call, method: string): Addressed {
    const document = this.documents[call.path.split('/')[1] ?? ''];
    const rules = document?.rulesOf(method, call.path);
    const [, project, location, rest = ''] = /\/projects\/([^/]+)\/locations\/([^/]+)\/(.+)$/.exec(call.path) ?? [];
    if (!document || !rules || !project) throw new Refusal(404, `There is no ${method} ${call.path}.`);
    if (call.headers.authorization !== `Bearer ${this.props.token()}`)
      throw new Refusal(401, 'Request had invalid authentication credentials. Expected OAuth 2 access token.');
    if (project !== this.props.projectId) throw new Refusal(403, `Permission denied on resource project ${project}.`);
    if (location !== locationOf(call.host)) throw new Refusal(400, `The host ${call.host} does not serve the location ${location}.`);
    const [, publisher, model = '', operation = ''] = /^(?:publishers\/([^/]+)\/models|endpoints)\/([^/:]+)[:/](.+)$/.exec(rest) ?? [];
    if (operation === 'chat/completions') return this.chat(call, model);
    if (/rawPredict$/i.test(operation)) return this.raw(call, publisher ?? '', model, operation);
    refuse(document.problems(rules, call.body));
    return operationOn(model, operation, call);
  }

  /** Google publishes no discovery document of AI Studio with its Python package: its requests are checked as those of Vertex AI. */
  private aiStudio(call: Call, method: string): Addressed {
    const [, model, operation = ''] = /^\/v1(?:alpha|beta)?\/models\/([^/:]+):(\w+)$/.exec(call.path) ?? [];
    if (method !== 'POST' || !model) throw new Refusal(404, `There is no ${method} ${call.path}.`);
    const key = call.headers['x-goog-api-key'] ?? call.query.get('key');
    if (key !== this.props.aiStudioKey) throw new Refusal(400, 'API key not valid. Please pass a valid API key.');
    if (/generateContent$/i.test(operation)) refuse(this.documents.v1beta1!.problems(AI_STUDIO_RULES, call.body));
    return operationOn(model, operation, call);
  }

  /** An endpoint, or, as `endpoints/openapi`, a model of another vendor, which the body names. */
  private chat(call: Call, endpoint: string): Addressed {
    const problem = this.openAiSchema.problem('chat', call.body);
    if (problem !== undefined) throw new Refusal(400, problem);
    const model = endpoint === 'openapi' ? String(call.body.model) : endpoint;
    return { model, protocol: openai, ...(call.body.stream === true ? { stream: 'events' as const } : {}) };
  }

  private raw(call: Call, publisher: string, model: string, operation: string): Addressed {
    const protocol = PROTOCOLS[publisher];
    if (!protocol) throw new Refusal(404, `Publisher model of ${publisher} was not found.`);
    const streams = operation === 'streamRawPredict';
    if (streams !== (call.body.stream === true)) throw new Refusal(400, `stream: must ${streams ? '' : 'not '}be true for ${operation}`);
    return { model, protocol, ...(streams ? { stream: 'events' as const } : {}) };
  }
}

function operationOn(model: string, operation: string, { query, body }: Call): Addressed {
  const common = { model, protocol: gemini };
  switch (operation) {
    case 'generateContent':
      return common;
    case 'streamGenerateContent':
      return { ...common, stream: query.get('alt') === 'sse' ? 'events' : 'array' };
    case 'countTokens':
      return { ...common, fixed: { totalTokens: TOKENS.input, promptTokensDetails: [{ modality: 'TEXT', tokenCount: TOKENS.input }] } };
    case 'embedContent':
      return { ...common, fixed: { embedding: { values: VECTOR }, usageMetadata: { promptTokenCount: TOKENS.input } } };
    case 'predict': {
      const { instances = [] } = body as { readonly instances?: readonly unknown[] };
      const embeddings = { values: VECTOR, statistics: { token_count: TOKENS.input, truncated: false } };
      return { ...common, fixed: { predictions: instances.map(() => ({ embeddings })) } };
    }
    default:
      throw new Refusal(404, `The stand-in has no answer to ${operation}.`);
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refusal(400, problems.join('\n'));
}
