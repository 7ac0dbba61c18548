import { ModelSource } from '../../../../constructs/gateway/config';

const PLACE = { projectId: 'acme-ai', location: 'europe-west4' };
const IN_VERTEX = { vertex_project: 'acme-ai', vertex_location: 'europe-west4' };
const PATH = 'v1/projects/acme-ai/locations/europe-west4/endpoints/123456789';

describe('a source of models', () => {
  it.each<[string, ModelSource, object]>([
    ['Gemini on Vertex AI', ModelSource.gemini('gemini-3.8-flash', PLACE), { model: 'vertex_ai/gemini-3.8-flash', ...IN_VERTEX }],
    ['a chat model of another name', ModelSource.gemini('learnlm-2.0', PLACE), { model: 'vertex_ai/gemini/learnlm-2.0', ...IN_VERTEX }],
    ['embeddings', ModelSource.gemini('text-embedding-005', PLACE), { model: 'vertex_ai/text-embedding-005', ...IN_VERTEX }],
    ['tuned Gemini', ModelSource.tunedGemini('42', 'gemini-3.5-flash', PLACE), { model: 'vertex_ai/gemini/42', ...IN_VERTEX }],
    [
      'an endpoint on the shared host',
      ModelSource.vertexEndpoint('123456789', { ...PLACE, model: 'support' }),
      { model: 'vertex_ai/openai/123456789', ...IN_VERTEX, api_base: `https://europe-west4-aiplatform.googleapis.com/${PATH}` },
    ],
    [
      'an endpoint with a host of its own',
      ModelSource.vertexEndpoint('123456789', { ...PLACE, model: 'support', host: '123456789.europe-west4-77.prediction.vertexai.goog' }),
      {
        model: 'vertex_ai/openai/123456789',
        ...IN_VERTEX,
        api_base: `https://123456789.europe-west4-77.prediction.vertexai.goog/${PATH}`,
      },
    ],
    ['another vendor', ModelSource.partner('claude-sonnet-5@default', PLACE), { model: 'vertex_ai/claude-sonnet-5@default', ...IN_VERTEX }],
    [
      'AI Studio',
      ModelSource.aiStudio('gemini-3.8-flash', 'ai-studio-key'),
      { model: 'gemini/gemini-3.8-flash', api_key: 'os.environ/MODEL_KEY_AI_STUDIO_KEY' },
    ],
    [
      'a server without a key',
      ModelSource.openAiCompatible('llama3:8b', 'http://10.0.0.9:11434/v1'),
      { model: 'openai/llama3:8b', api_base: 'http://10.0.0.9:11434/v1', api_key: 'none' },
    ],
    [
      'a server with one',
      ModelSource.openAiCompatible('mistral', 'https://vllm.acme.example/v1', 'vllm'),
      { model: 'openai/mistral', api_base: 'https://vllm.acme.example/v1', api_key: 'os.environ/MODEL_KEY_VLLM' },
    ],
  ])('%s is spelt as LiteLLM does', (_, source, parameters) => {
    expect(source.parameters).toEqual(parameters);
  });

  it('says what it calls', () => {
    expect(ModelSource.gemini('gemini-3.8-flash', PLACE)).toMatchObject({ api: 'aiplatform.googleapis.com', isGemini: true });
    expect(ModelSource.aiStudio('gemini-3.8-flash', 'k')).toMatchObject({ api: 'generativelanguage.googleapis.com', isGemini: true });
    expect(ModelSource.openAiCompatible('m', 'http://10.0.0.9:11434/v1').host).toBe('10.0.0.9:11434');
    expect(ModelSource.vertexEndpoint('1', { ...PLACE, model: 'm' })).toMatchObject({ api: 'aiplatform.googleapis.com', isGemini: false });
  });

  it('is the same model under another version, place or way', () => {
    const bases = [
      ModelSource.gemini('gemini-3.8-flash', PLACE),
      ModelSource.gemini('gemini-3.8-flash', { ...PLACE, location: 'global' }),
      ModelSource.aiStudio('gemini-3.8-flash', 'k'),
      ModelSource.tunedGemini('7', 'gemini-3.8-flash', PLACE),
    ].map(({ base }) => base);
    expect(new Set(bases)).toEqual(new Set(['gemini-3.8-flash']));
    expect(ModelSource.partner('claude-sonnet-5@default', PLACE).base).toBe('claude-sonnet-5');
  });
});
