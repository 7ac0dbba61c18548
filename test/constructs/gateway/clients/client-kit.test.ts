import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientKit, type ClientKitProps } from '../../../../constructs/gateway/clients';

const PROPS: ClientKitProps = {
  url: 'https://llm.example.com',
  audience: 'https://llm.example.com',
  projectId: 'acme-ai-test',
  models: { first: 'assistant', next: 'light' },
  keySecrets: { web: 'test-key-web', people: 'test-key-people' },
  geminiCli: { keySecret: 'test-key-people' },
};

/** Runs the wrapper with a gemini that shows its environment, and a gcloud that says what it was asked for. */
function start(props: ClientKitProps, variables: Record<string, string> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'wrapper-'));
  const program = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), 0o755);
  };
  program('gemini', '#!/bin/sh\necho "arguments: $*"\nenv\n');
  program('gcloud', '#!/bin/sh\nif [ "$1" = auth ]; then echo token-of-gcloud; else echo "value of $6"; fi\n');
  program('gemini-gateway', clientKit(props)['clients/gemini-cli/gemini-gateway']!);
  const env = { PATH: `${directory}:/usr/bin:/bin`, ...variables };
  const { status, stdout, stderr } = spawnSync(join(directory, 'gemini-gateway'), ['-p', 'two words'], { env, encoding: 'utf8' });
  return { status, lines: stdout.split('\n'), stderr };
}

describe('the client kit', () => {
  it('is these files, without a key', () => {
    expect(clientKit(PROPS)).toMatchSnapshot();
  });

  it('has nothing of Gemini CLI where that is not served', () => {
    expect(Object.keys(clientKit({ ...PROPS, geminiCli: undefined }))).toEqual(['clients/gateway.env', 'clients/blocked-hosts.txt']);
  });

  it('has variables that a shell and dotenv read alike', () => {
    for (const line of clientKit({ ...PROPS, keySecrets: {} })['clients/gateway.env']!.split('\n')) {
      expect(line).toMatch(/^(#.*|[A-Z_]+=[\w:/.-]+|)$/);
    }
  });

  describe('the wrapper of Gemini CLI', () => {
    it('takes the key and the identity from gcloud', () => {
      const { status, lines } = start(PROPS);
      expect(status).toBe(0);
      expect(lines).toEqual(
        expect.arrayContaining([
          'arguments: -p two words',
          'GEMINI_API_KEY=value of --secret=test-key-people',
          'GOOGLE_GEMINI_BASE_URL=https://llm.example.com',
          'GEMINI_CLI_SYSTEM_SETTINGS_PATH=/etc/gemini-cli/settings.json',
          'GEMINI_CLI_CUSTOM_HEADERS=X-Serverless-Authorization: Bearer token-of-gcloud',
          'SANDBOX_ENV=GEMINI_CLI_CUSTOM_HEADERS=X-Serverless-Authorization: Bearer token-of-gcloud',
        ]),
      );
    });

    it('takes those that are given', () => {
      const { lines } = start(PROPS, { GATEWAY_API_KEY: 'sk-given', GATEWAY_ID_TOKEN: 'given' });
      expect(lines).toEqual(
        expect.arrayContaining(['GEMINI_API_KEY=sk-given', 'GEMINI_CLI_CUSTOM_HEADERS=X-Serverless-Authorization: Bearer given']),
      );
    });

    it('takes away what would lead around the gateway', () => {
      const around = {
        GOOGLE_GENAI_USE_GCA: 'true',
        GOOGLE_GENAI_USE_VERTEXAI: 'true',
        GOOGLE_API_KEY: 'AIza',
        GOOGLE_GEMINI_BASE_URL: 'https://elsewhere',
      };
      const { lines } = start(PROPS, around);
      expect(lines.filter((line) => /GENAI_USE|AIza|elsewhere/.test(line))).toEqual([]);
    });

    it('says so when there is no key', () => {
      const { status, stderr } = start({ ...PROPS, geminiCli: {} });
      expect([status, stderr]).toEqual([1, 'gemini-gateway: no key. Set GATEWAY_API_KEY.\n']);
    });
  });
});
