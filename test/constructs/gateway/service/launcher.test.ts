import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { carriedFiles, LAUNCHER } from '../../../../constructs/gateway/service/carried-files';
import { describeWith } from '../../../support/requirements';

/** Plays LiteLLM: answers as files in its folder say, and tells what it was started with. */
const LITELLM = `#!/usr/bin/env python3
import http.server, json, os, signal, sys
with open("started.json", "w") as file:
    json.dump({"args": sys.argv[1:], "left": [name for name in os.environ if name.startswith("GATEWAY_FILE_")]}, file)
def stop(*_):
    open("stopped", "w").close()
    os._exit(7)
signal.signal(signal.SIGTERM, stop)
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        statuses = json.load(open("statuses.json"))
        path = self.path.split("?")[0]
        allowed = path.startswith("/health") or self.headers.get("Authorization") == "Bearer sk-master"
        if statuses.get(path) == "nonsense":
            self.wfile.write(b"nonsense\\r\\n\\r\\n")
            return
        self.send_response(statuses.get(path, 404) if allowed else 401)
        self.end_headers()
    def log_message(self, *_): pass
if os.environ.get("PORT"):
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
print("done")
`;

const HEALTHY = { '/health/readiness': 200, '/health/liveliness': 200, '/key/list': 200 };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Says N to the question for TLS, as PostgreSQL without certificates does. */
async function postgres(): Promise<Server> {
  const server = createServer((socket) => socket.on('data', (data) => socket.end(data.readInt32BE(4) === 80877103 ? 'N' : 'E')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const python = { met: spawnSync('python3', ['--version']).status === 0, reason: 'python3 is not on PATH' };

describeWith(python, 'the launcher', () => {
  let directory: string;
  let child: ChildProcess | undefined;
  let output: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'launcher-'));
    mkdirSync(join(directory, 'bin'));
    writeFileSync(join(directory, 'bin', 'litellm'), LITELLM);
    chmodSync(join(directory, 'bin', 'litellm'), 0o755);
    answers(HEALTHY);
    output = '';
  });
  afterEach(async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    child = undefined;
  });

  const answers = (statuses: object): void => writeFileSync(join(directory, 'statuses.json'), JSON.stringify(statuses));
  const started = (): { args: string[]; left: string[] } =>
    JSON.parse(readFileSync(join(directory, 'started.json'), 'utf8')) as { args: string[]; left: string[] };

  function launch(environment: Record<string, string>, ...args: string[]): ChildProcess {
    const PATH = `${join(directory, 'bin')}:${process.env['PATH']}`;
    child = spawn('python3', ['-c', LAUNCHER, ...args], { cwd: directory, env: { PATH, ...environment } });
    child.stdout!.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr!.on('data', (data: Buffer) => (output += data.toString()));
    return child;
  }

  async function serve(environment: Record<string, string> = {}): Promise<(path: string) => Promise<string>> {
    const [port, probes] = [await freePort(), await freePort()];
    launch({ PORT: String(port), GATEWAY_PROBE_PORT: String(probes), NUM_WORKERS: '2', LITELLM_MASTER_KEY: 'sk-master', ...environment });
    const probe = async (path: string): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${probes}${path}`);
      return `${response.status} ${await response.text()}`;
    };
    for (let tries = 0; tries < 200; tries++) {
      const answer = await probe('/ready').catch(() => '');
      if (answer !== '' && !answer.endsWith('answers 0')) return probe;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the launcher did not come up: ${output}`);
  }

  it('writes the files that it carries, in parts as in one, and starts LiteLLM with its arguments', async () => {
    const long = Array.from({ length: 3000 }, (_, index) => `- line ${index}: ä \${not} an expression\n`).join('');
    const paths = { config: join(directory, 'etc', 'config.yaml'), authority: join(directory, 'etc', 'redis', 'ca.pem') };
    const files = carriedFiles({ [paths.config]: long, [paths.authority]: 'PEM' });
    expect(Object.keys(files).length).toBeGreaterThan(4);
    // What Terraform makes of it.
    const given = Object.fromEntries(Object.entries(files).map(([name, value]) => [name, value.replaceAll('$${', '${')]));
    for (const value of Object.values(given)) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(32_768);
    const process = launch(given, '--config', paths.config);
    expect(await once(process, 'exit')).toEqual([0, null]);
    expect(readFileSync(paths.config, 'utf8')).toBe(long);
    expect(readFileSync(paths.authority, 'utf8')).toBe('PEM');
    expect(started()).toEqual({ args: ['--config', paths.config], left: [] });
    expect(output).toBe('done\n');
  });

  it('is ready and alive while everything answers', async () => {
    const probe = await serve({ DATABASE_URL: 'postgresql://gateway_a:pw@127.0.0.1:1/gateway' });
    expect(await probe('/ready')).toBe('200 ok');
    expect(await probe('/alive')).toBe('200 ok');
    expect(await probe('/other')).toBe('404 no such probe');
  });

  it('is neither when LiteLLM says that it is ready, but cannot use its database (BerriAI/litellm#38121)', async () => {
    const database = await postgres();
    const { port } = database.address() as AddressInfo;
    const probe = await serve({ DATABASE_URL: `postgresql://gateway_a:pw@127.0.0.1:${port}/gateway?sslmode=require` });
    answers({ ...HEALTHY, '/key/list': 401 });
    expect(await probe('/ready')).toBe('503 /key/list, which needs the database, answers 401');
    expect(await probe('/alive')).toBe('503 the database is there, but /key/list answers 401');
    expect(output).toContain('probe /alive: the database is there');
    database.close();
  });

  it('is not restarted for a database that is away: that cures nothing', async () => {
    const probe = await serve({ DATABASE_URL: `postgresql://gateway_a:pw@127.0.0.1:${await freePort()}/gateway` });
    answers({ ...HEALTHY, '/key/list': 500 });
    expect(await probe('/ready')).toMatch(/^503/);
    expect(await probe('/alive')).toBe('200 ok');
  });

  it('asks nothing of a database that there is not', async () => {
    const probe = await serve();
    answers({ ...HEALTHY, '/key/list': 500 });
    expect([await probe('/ready'), await probe('/alive')]).toEqual(['200 ok', '200 ok']);
  });

  it('is not alive when LiteLLM does not answer', async () => {
    const probe = await serve();
    answers({ ...HEALTHY, '/health/liveliness': 503 });
    expect(await probe('/alive')).toBe('503 /health/liveliness answers 503');
  });

  it('is not alive when what LiteLLM answers is no HTTP', async () => {
    const probe = await serve();
    answers({ ...HEALTHY, '/health/liveliness': 'nonsense' });
    expect(await probe('/alive')).toBe('503 /health/liveliness answers 0');
  });

  it('passes the signal on, and ends as LiteLLM ends', async () => {
    await serve();
    child!.kill('SIGTERM');
    expect(await once(child!, 'exit')).toEqual([7, null]);
    expect(existsSync(join(directory, 'stopped'))).toBe(true);
  });
});
