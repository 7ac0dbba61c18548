import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CLIENTS, Database, Gateway, Google, TOKENS, needsGatewayAndDatabase } from '../support/peers';
import { describeWith } from '../support/requirements';
import { type ClientAnswers, EXPECTED, IMAGE } from './clients/answers';
import { placeForSettings, runGeminiCli } from './clients/gemini-cli';
import { PROJECT, configurationOf, group } from './configuration';

jest.setTimeout(240_000);

const CONFIGURATION = configurationOf({
  models: {
    assistant: group('gemini-3.1-pro-preview', { lastResort: true }),
    throttled: group('gemini-throttled', { lastResort: true }),
    broken: group('gemini-broken', { lastResort: true }),
  },
  aliases: {
    'gemini-3.5-flash-lite': { group: 'assistant', hidden: true },
    'gemini-3.1-pro-preview': { group: 'assistant', hidden: true },
  },
});

const SETTINGS = {
  security: { auth: { selectedType: 'gemini-api-key', enforcedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
};

describeWith(needsGatewayAndDatabase(), 'real clients', () => {
  let google: Google;
  let database: Database;
  let gateway: Gateway;
  let key: string;

  beforeAll(async () => {
    google = await Google.start({ projectId: PROJECT });
    database = await Database.start();
    gateway = await Gateway.start({ config: CONFIGURATION, google, database });
    const made = await gateway.ask('/key/generate', { body: { key_alias: 'clients', key_type: 'llm_api' } });
    ({ key } = (await made.json()) as { readonly key: string });
  });
  afterAll(async () => {
    await gateway?.stop();
    await database?.stop();
    await google?.stop();
  });
  beforeEach(() => {
    google.models.reset();
    google.models.always('gemini-throttled', { status: 429 });
    google.models.always('gemini-broken', { status: 500 });
  });
  // A request that Google would refuse is a failure even where the client did not mind.
  afterEach(() => expect(google.models.refusals).toEqual([]));

  /** Not with spawnSync: this process plays Google meanwhile. */
  async function run(command: string, ...args: readonly string[]): Promise<ClientAnswers> {
    const child = spawn(command, [...args, gateway.url, key, IMAGE], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, complaints] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}:\n${complaints}`);
    return JSON.parse(out) as ClientAnswers;
  }
  const python = (script: string) => run(CLIENTS.command('python'), join(__dirname, 'clients', script));
  const node = (script: string) => run(process.execPath, '--require', require.resolve('tsx/cjs'), join(__dirname, 'clients', script));

  it.each([
    ['google-genai for Python', TOKENS.input, () => python('google_genai_client.py')],
    ['openai for Python', TOKENS.input + TOKENS.output, () => python('openai_client.py')],
    ['@google/genai for Node', TOKENS.input, () => node('google-genai-client.ts')],
    ['openai for Node', TOKENS.input + TOKENS.output, () => node('openai-client.ts')],
  ] as const)('%s: text, stream, tools, image, system instruction, errors', async (_name, tokens, ask) => {
    const { chunks, ...answers } = await ask();
    expect(answers).toEqual({ ...EXPECTED, tokens });
    expect(chunks).toBeGreaterThan(2);
  });

  describeWith(placeForSettings(), 'Gemini CLI', () => {
    const environment = () => ({ GOOGLE_GEMINI_BASE_URL: gateway.url, GEMINI_API_KEY: key, GEMINI_CLI_TRUST_WORKSPACE: 'true' });

    it('answers through the gateway', async () => {
      const { code, said } = await runGeminiCli({
        environment: environment(),
        systemSettings: SETTINGS,
        args: ['-m', 'assistant', '-p', 'hi'],
      });
      expect([code, said]).toEqual([0, expect.stringContaining('gemini-3.1-pro-preview')]);
      expect(google.models.calls.every(({ streamed }) => streamed)).toBe(true);
    });

    it('calls its own tools when the model asks for it', async () => {
      const args = ['-m', 'assistant', '--approval-mode', 'yolo', '-p', 'call read_file {"file_path": "hello.txt"}'];
      const { code, said } = await runGeminiCli({ environment: environment(), systemSettings: SETTINGS, args });
      expect([code, said]).toEqual([0, expect.stringContaining('quokka')]);
    });

    it('does not get in with a key that nobody has', async () => {
      const stranger = { ...environment(), GEMINI_API_KEY: 'sk-nobody' };
      const { code } = await runGeminiCli({ environment: stranger, systemSettings: SETTINGS, args: ['-m', 'assistant', '-p', 'hi'] });
      expect(code).not.toBe(0);
      expect(google.models.calls).toEqual([]);
    });

    it('does not start with a Google login where the settings ask for a key', async () => {
      const environment = { GOOGLE_GENAI_USE_GCA: 'true', GEMINI_CLI_TRUST_WORKSPACE: 'true' };
      const userSettings = { security: { auth: { selectedType: 'oauth-personal', enforcedType: 'oauth-personal' } } };
      const { code, said } = await runGeminiCli({ environment, systemSettings: SETTINGS, userSettings, args: ['-p', 'hi'] });
      expect([code === 0, said]).toEqual([false, expect.stringContaining('you must specify the GEMINI_API_KEY')]);
      expect(google.models.calls).toEqual([]);
    });
  });
});
