import { ModelSource } from '../../constructs/gateway/config';
import { Gateway, Google, OpenAiServer, needsGateway } from '../support/peers';
import { describeWith } from '../support/requirements';
import { PROJECT, chat, configurationOf, textOf } from './configuration';

const EUROPE = { projectId: PROJECT, location: 'europe-west4' };
const GLOBAL = { projectId: PROJECT, location: 'global' };
const DEDICATED = '2345.europe-west4-123456789012.prediction.vertexai.goog';
const OLLAMA_KEY = 'sk-of-the-server';
const BODY_LIMIT = 120;

/** A kind of model → where its requests have to arrive. */
const KINDS = {
  gemini: {
    source: ModelSource.gemini('gemini-3.8-flash', GLOBAL),
    host: 'aiplatform.googleapis.com',
    path: /\/locations\/global\/publishers\/google\/models\/gemini-3\.8-flash:generateContent$/,
  },
  'gemini-of-another-name': {
    source: ModelSource.gemini('learnlm-2.0-flash', GLOBAL),
    host: 'aiplatform.googleapis.com',
    path: /\/locations\/global\/publishers\/google\/models\/learnlm-2\.0-flash:generateContent$/,
  },
  'tuned-gemini': {
    source: ModelSource.tunedGemini('1234567890', 'gemini-3.5-flash', EUROPE),
    host: 'europe-west4-aiplatform.googleapis.com',
    path: /\/locations\/europe-west4\/endpoints\/1234567890:generateContent$/,
  },
  'shared-endpoint': {
    source: ModelSource.vertexEndpoint('3456', { ...EUROPE, model: 'gemma' }),
    host: 'europe-west4-aiplatform.googleapis.com',
    path: /\/locations\/europe-west4\/endpoints\/3456\/chat\/completions$/,
  },
  'dedicated-endpoint': {
    source: ModelSource.vertexEndpoint('2345', { ...EUROPE, model: 'gemma', host: DEDICATED }),
    host: DEDICATED,
    path: /\/locations\/europe-west4\/endpoints\/2345\/chat\/completions$/,
  },
  claude: {
    source: ModelSource.partner('claude-sonnet-5', GLOBAL),
    host: 'aiplatform.googleapis.com',
    path: /\/publishers\/anthropic\/models\/claude-sonnet-5:rawPredict$/,
  },
  llama: {
    source: ModelSource.partner('meta/llama-3.3-70b-instruct-maas', { projectId: PROJECT, location: 'us-central1' }),
    host: 'us-central1-aiplatform.googleapis.com',
    path: /\/endpoints\/openapi\/chat\/completions$/,
  },
  mistral: {
    source: ModelSource.partner('mistral-medium-3', { projectId: PROJECT, location: 'us-central1' }),
    host: 'us-central1-aiplatform.googleapis.com',
    path: /\/publishers\/mistralai\/models\/mistral-medium-3:rawPredict$/,
  },
  'ai-studio': {
    source: ModelSource.aiStudio('gemini-3.8-flash', 'ai-studio'),
    host: 'generativelanguage.googleapis.com',
    path: /\/models\/gemini-3\.8-flash:generateContent$/,
  },
} as const;

describeWith(needsGateway(), 'the gateway reaches', () => {
  let google: Google;
  let server: OpenAiServer;
  let gateway: Gateway;

  beforeAll(async () => {
    [google, server] = await Promise.all([Google.start({ projectId: PROJECT }), OpenAiServer.start(OLLAMA_KEY)]);
    const sources = { ...Object.fromEntries(Object.entries(KINDS).map(([name, { source }]) => [name, source])), openai: openAi() };
    const models = Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [name, { deployments: [{ source, traffic: 100 }], lastResort: true }]),
    );
    const environment = { MODEL_KEY_AI_STUDIO: google.aiStudioKey, MODEL_KEY_OLLAMA: OLLAMA_KEY };
    gateway = await Gateway.start({ config: configurationOf({ models }), google, environment });
  });
  afterAll(async () => {
    await gateway?.stop();
    await Promise.all([server?.stop(), google?.stop()]);
  });
  beforeEach(() => {
    google.models.reset();
    // At its start the gateway asks for a list of models as well, which this one has not.
    server.models.reset();
  });
  afterEach(() => {
    expect([...google.models.refusals, ...server.models.refusals]).toEqual([]);
    expect(google.refusedDestinations).toEqual([]);
  });

  const openAi = () => ModelSource.openAiCompatible('qwen3:8b', server.url, 'ollama');

  async function said(name: string, more?: object): Promise<string> {
    const response = await gateway.ask('/v1/chat/completions', { body: chat(name, 'hi', more) });
    const text = response.status === 200 && !more ? await textOf(response) : await response.text();
    return `${response.status} ${text.slice(0, more ? undefined : BODY_LIMIT)}`;
  }

  it.each(Object.entries(KINDS))('%s, plain', async (name, { host, path }) => {
    expect(await said(name)).toMatch(/^200 .* heard/);
    expect(google.models.calls.map((call) => [call.host, call.path])).toEqual([[host, expect.stringMatching(path)]]);
  });

  it.each(Object.keys(KINDS))('%s, as a stream', async (name) => {
    expect(await said(name, { stream: true })).toMatch(/^200 [^]*data: \[DONE\]\s*$/);
    expect(google.models.calls.map(({ streamed }) => streamed)).toEqual([true]);
  });

  it('a server that speaks as OpenAI does, with its key', async () => {
    expect(await said('openai')).toMatch(/^200 qwen3:8b heard/);
    expect(server.models.calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${OLLAMA_KEY}`]);
  });
});
