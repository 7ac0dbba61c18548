import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GEMINI_CLI_MODELS, GEMINI_CLI_SETTINGS, geminiCliAliases } from '../../constructs/gateway/clients';
import { programsOf } from '../support/page';
import { CLIENTS, Database, Gateway, Google, needsGatewayAndDatabase } from '../support/peers';
import { LANGCHAIN } from '../support/peers/langchain';
import { describeWith } from '../support/requirements';
import { runGeminiCli } from './clients/gemini-cli';
import { PROJECT, configurationOf, contents, group } from './configuration';

jest.setTimeout(240_000);

const ALIASES = geminiCliAliases({ pro: 'assistant', flash: 'assistant', flashLite: 'light' }, []);
const FIRST = 'gemini-first';
const NEXT = 'gemini-next';

describeWith(needsGatewayAndDatabase(), 'docs/clients.md, with a real LiteLLM', () => {
  let google: Google;
  let database: Database;
  let gateway: Gateway;
  let key: string;
  let directory: string;

  beforeAll(async () => {
    google = await Google.start({ projectId: PROJECT });
    database = await Database.start();
    const models = { assistant: group(FIRST, { lastResort: true }), light: group(NEXT, { lastResort: true }) };
    gateway = await Gateway.start({ config: configurationOf({ models, aliases: ALIASES }), google, database });
    // As the keys of an environment file are made: for groups, not for aliases.
    const made = await gateway.ask('/key/generate', { body: { key_type: 'llm_api', models: ['assistant', 'light'] } });
    ({ key } = (await made.json()) as { readonly key: string });
    directory = mkdtempSync(join(tmpdir(), 'client-page-'));
    symlinkSync(join(__dirname, '../../node_modules'), join(directory, 'node_modules'));
    for (const [file, source] of Object.entries(programsOf('docs/clients.md'))) {
      // However slow this machine is, a pause is longer.
      writeFileSync(join(directory, file), source.replace('PAUSE_SECONDS = 30', 'PAUSE_SECONDS = 3600').replace('30_000', '3_600_000'));
    }
  });
  afterAll(async () => {
    if (directory) rmSync(directory, { recursive: true });
    await gateway?.stop();
    await database?.stop();
    await google?.stop();
  });
  beforeEach(() => google.models.reset());
  afterEach(() => expect(google.models.refusals).toEqual([]));

  /** Runs a program of the page with questions. */
  async function ask(file: string, ...questions: string[]) {
    const env = {
      PATH: '/usr/bin:/bin',
      GATEWAY_URL: gateway.url,
      GATEWAY_API_KEY: key,
      GATEWAY_AUDIENCE: 'https://llm.example.com',
      GATEWAY_MODEL: 'assistant',
      GATEWAY_NEXT_MODEL: 'light',
      METADATA_SERVER_DETECTION: 'assume-present',
      ...google.metadata.environment,
    };
    const python = file.startsWith('langchain') ? LANGCHAIN : CLIENTS;
    const command = file.endsWith('.py') ? python.command('python') : process.execPath;
    const child = spawn(command, [file, ...questions], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, complaints] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, lines: out.trim().split('\n'), complaints };
  }

  const calls = () => [google.models.count(FIRST), google.models.count(NEXT)];

  it('has a program for every SDK', () => {
    expect(Object.keys(programsOf('docs/clients.md'))).toEqual([
      'resilient.py',
      'openai_stream.py',
      'genai_stream.py',
      'langchain_stream.py',
      'resilient.mjs',
      'openai-stream.mjs',
      'genai-stream.mjs',
    ]);
  });

  /** What a program of the page does, whatever its SDK. */
  function isResilient(file: string): void {
    it('streams an answer', async () => {
      const { code, lines, complaints } = await ask(file, 'hi');
      expect([code, complaints]).toEqual([0, '']);
      expect(lines).toEqual([expect.stringContaining(FIRST)]);
      expect(google.models.calls.map(({ streamed }) => streamed)).toEqual([true]);
    });

    it('asks once more after a 429 and after a 503', async () => {
      google.models.next(FIRST, { status: 429 }, { status: 503 });
      expect((await ask(file, 'hi')).lines).toEqual([expect.stringContaining(FIRST)]);
      expect(calls()).toEqual([3, 0]);
    });

    it('does not ask again after a 400', async () => {
      google.models.always(FIRST, { status: 400 });
      expect((await ask(file, 'hi')).code).not.toBe(0);
      expect(calls()).toEqual([1, 0]);
    });

    it('leaves a model alone that keeps failing, and asks the next one', async () => {
      google.models.always(FIRST, { status: 500 });
      const { code, lines } = await ask(file, 'one', 'two', 'three');
      expect([code, lines]).toEqual([0, [1, 2, 3].map(() => expect.stringContaining(NEXT))]);
      expect(calls()).toEqual([3, 3]);
    });
  }

  describe.each(['openai_stream.py', 'genai_stream.py', 'openai-stream.mjs', 'genai-stream.mjs'])('%s', isResilient);
  describeWith(LANGCHAIN.prepare(), 'langchain_stream.py', () => isResilient('langchain_stream.py'));

  it('serves the program of the example that goes to production', async () => {
    copyFileSync(join(__dirname, '../../examples/prototype-to-production/assistant.py'), join(directory, 'assistant.py'));
    const { code, lines, complaints } = await ask('assistant.py', 'hi');
    expect([code, complaints, lines]).toEqual([0, '', [expect.stringContaining(FIRST)]]);
  });

  it('starts Gemini CLI with its settings, for a model that nobody has chosen', async () => {
    const environment = {
      GOOGLE_GEMINI_BASE_URL: gateway.url,
      GEMINI_API_KEY: key,
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      GEMINI_CLI_CUSTOM_HEADERS: 'X-Serverless-Authorization: Bearer somebody',
    };
    const { code, said } = await runGeminiCli({ environment, systemSettings: GEMINI_CLI_SETTINGS, args: ['-p', 'hi'] });
    expect([code, said]).toEqual([0, expect.stringContaining(FIRST)]);
  });

  it.each(Object.entries(GEMINI_CLI_MODELS))('answers Gemini CLI for every %s model that it asks for', async (kind, names) => {
    for (const name of names) {
      const answer = await gateway.ask(`/v1beta/models/${name}:generateContent`, { key, body: contents() });
      expect([name, answer.status]).toEqual([name, 200]);
    }
    expect(calls()).toEqual(kind === 'flashLite' ? [0, names.length] : [names.length, 0]);
  });

  it('does not show those names among its models', async () => {
    const { data } = (await (await gateway.ask('/v1/models', { key })).json()) as { readonly data: readonly { readonly id: string }[] };
    expect(data.map(({ id }) => id).sort()).toEqual(['assistant', 'light']);
  });
});
