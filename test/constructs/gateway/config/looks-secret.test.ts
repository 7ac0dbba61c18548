import { looksSecret } from '../../../../constructs/gateway/config/lint/looks-secret';

describe('what looks like a secret', () => {
  it.each([
    ['value', `AIza${'Sy9d8f7g6h5j4k3l2q1w0e9r8t7y6u5i4'.slice(0, 35)}`],
    ['value', 'sk-abcdefghijklmnop1234'],
    ['value', 'sk-ant-x'],
    ['value', 'xoxb-1'],
    ['value', 'https://hooks.slack.com/services/T0/B0/x'],
    ['value', `ghp_${'a1'.repeat(18)}`],
    ['value', `AKIA${'A1'.repeat(8)}`],
    ['value', '-----BEGIN RSA PRIVATE KEY-----\nMII'],
    ['value', 'postgresql://litellm:hunter2@10.0.0.3/litellm'],
    ['value', 'kT9vXr2LmQ8wZ4bN6cD1fG7h'],
    ['settings.password', 'hunter2'],
    ['headers.Authorization', 'Basic x'],
    ['a.api_key', 'abc'],
  ])('%s: %s', (path, value) => {
    expect(looksSecret(path, value)).toEqual(expect.any(String));
  });

  it.each([
    ['api_key', 'os.environ/MODEL_KEY_X'],
    ['api_key', 'none'],
    ['api_key', ''],
    ['model', 'vertex_ai/claude-3-5-sonnet@20240620'],
    ['model', 'vertex_ai/meta/llama-4-maverick-17b-128e-instruct-maas'],
    [
      'api_base',
      'https://406390668.europe-west4-418230957716.prediction.vertexai.goog/v1/projects/acme-ai-dev/locations/europe-west4/endpoints/406390668',
    ],
    ['id', 'assistant/gemini-3.8-flash@europe-west4'],
    ['RateLimitErrorRetries', 'InternalServerErrorRetries'],
    ['category', 'HARM_CATEGORY_SEXUALLY_EXPLICIT'],
    ['max_tokens_header', 'x-max-output-tokens-per-request'],
  ])('%s: %s is none', (path, value) => {
    expect(looksSecret(path, value)).toBeUndefined();
  });
});
