import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Child, freePort } from './child';
import type { Google } from './google/google';
import { LITELLM, PRISMA_FILES } from './litellm';
import type { Database } from './postgres';

/** Without a database it takes 8 s on an idle machine, with one 14 to 25 s; a machine with other work can take several times as long. */
const READY_SECONDS = 200;
/** Where the launcher puts its files. */
const CONTAINER_DIRECTORY = '/tmp/gateway';

export interface GatewayProps {
  /** All of config.yaml, as text. Default: none, which only commands that become no server can do without. */
  readonly config?: string;
  /** Where Vertex AI and AI Studio are. Default: nowhere. */
  readonly google?: Google;
  /** Default: none, so the master key is the only key. */
  readonly database?: Database;
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Processes that answer; default: 1. */
  readonly workers?: number;
}

export interface Ask {
  /** Default: the master key. `null`: none. */
  readonly key?: string | null;
  /** Default: GET without a body, POST with one. */
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where this machine keeps what LiteLLM needs, and where it finds Google and the database: all that is not for a container to say. */
const placeOf = ({ google, database }: GatewayProps, home: string): Record<string, string> => ({
  PATH: [join(LITELLM.directory, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
  HOME: home,
  ...PRISMA_FILES.variables,
  ...google?.environment,
  ...(database ? { DATABASE_URL: database.url } : {}),
});

const newKey = (): string => `sk-${randomBytes(16).toString('hex')}`;

/** Starts LiteLLM's command with a configuration in a directory of its own, which goes when the process has ended. */
function spawn(props: GatewayProps, masterKey: string, args: readonly string[]): Child {
  const home = mkdtempSync(join(tmpdir(), 'gateway-'));
  const config = join(home, 'config.yaml');
  if (props.config !== undefined) writeFileSync(config, props.config);
  const environment = {
    LITELLM_MASTER_KEY: masterKey,
    LITELLM_SALT_KEY: newKey(),
    LITELLM_MODE: 'PRODUCTION',
    // Otherwise the prices of models are read from GitHub.
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    DISABLE_SCHEMA_UPDATE: 'true',
    ...placeOf(props, home),
    ...props.environment,
  };
  const before = props.config === undefined ? [] : ['--config', config];
  const child = new Child({ command: LITELLM.command('litellm'), args: [...before, ...args], environment, directory: home });
  void child.ended.finally(() => rmSync(home, { recursive: true, force: true }));
  return child;
}

/** A container of Cloud Run as it is synthesized. */
export interface SynthesizedContainer {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}

/**
 * Starts the command of a container with its arguments and variables. What differs: the port, its directory, one worker instead of one for
 * each vCPU, and where the database and Redis are. Secrets that LiteLLM cannot start without are made up.
 */
function spawnContainer(
  { command, args, env }: SynthesizedContainer,
  port: number,
  probes: number,
  masterKey: string,
  props: GatewayProps,
): Child {
  const home = mkdtempSync(join(tmpdir(), 'gateway-'));
  const moved = (text: string): string => text.replaceAll(CONTAINER_DIRECTORY, home);
  const after = (option: string, value: string) => (arg: string, index: number) => (args[index - 1] === option ? value : arg);
  const given = env.flatMap(({ name, value }) => (value === undefined || name.startsWith('REDIS_') ? [] : [[name, moved(value)] as const]));
  const environment = {
    ...Object.fromEntries(given),
    LITELLM_MASTER_KEY: masterKey,
    LITELLM_SALT_KEY: newKey(),
    NUM_WORKERS: '1',
    PORT: String(port),
    GATEWAY_PROBE_PORT: String(probes),
    ...placeOf(props, home),
    ...props.environment,
  };
  const here = args
    .map(after('--port', String(port)))
    .map(after('--host', '127.0.0.1'))
    .map(after('--num_workers', '1'))
    .map(moved);
  const [program, ...first] = command;
  const child = new Child({ command: LITELLM.command(program!), args: [...first, ...here], environment, directory: home });
  void child.ended.finally(() => rmSync(home, { recursive: true, force: true }));
  return child;
}

/** A real LiteLLM on loopback. */
export class Gateway {
  /** Starts it and waits until it answers. Fails with what it has said when it does not. The caller stops it. */
  static async start(props: GatewayProps): Promise<Gateway> {
    const port = await freePort();
    const masterKey = props.environment?.LITELLM_MASTER_KEY ?? newKey();
    const workers = String(props.workers ?? 1);
    const child = spawn(props, masterKey, ['--host', '127.0.0.1', '--port', String(port), '--num_workers', workers]);
    return Gateway.whenReady(new Gateway(`http://127.0.0.1:${port}`, masterKey, child), props);
  }

  /** Starts a container that a stack has synthesized, and waits until its own probe says that it is ready. The caller stops it. */
  static async startContainer(container: SynthesizedContainer, props: GatewayProps): Promise<Gateway> {
    const [port, probes] = [await freePort(), await freePort()];
    const masterKey = newKey();
    const child = spawnContainer(container, port, probes, masterKey, props);
    const gateway = new Gateway(`http://127.0.0.1:${port}`, masterKey, child);
    const probe = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${probes}/ready`)).ok;
    return Gateway.whenReady(gateway, props, probe);
  }

  private static async whenReady(
    gateway: Gateway,
    { database }: GatewayProps,
    check = () => gateway.isReady(database !== undefined),
  ): Promise<Gateway> {
    try {
      await gateway.child.ready(check, READY_SECONDS);
    } catch (error) {
      await gateway.stop();
      throw error;
    }
    return gateway;
  }

  private constructor(
    /** Without a path. */
    readonly url: string,
    readonly masterKey: string,
    private readonly child: Child,
  ) {}

  /** What it has said so far. */
  get log(): string {
    return this.child.log;
  }

  /** Leader of the process group that it runs in. */
  get processGroup(): number {
    return this.child.group;
  }

  /** Sends a request as a client would. */
  async ask(path: string, { key = this.masterKey, body, method = body ? 'POST' : 'GET', headers = {} }: Ask = {}): Promise<Response> {
    const authorization: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const content: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    return fetch(`${this.url}${path}`, {
      method,
      headers: { ...authorization, ...content, ...headers },
      body: body && JSON.stringify(body),
    });
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }

  private async isReady(withDatabase: boolean): Promise<boolean> {
    const response = await this.ask('/health/readiness', { key: null });
    if (!response.ok) return false;
    const { db } = (await response.json()) as { readonly db?: string };
    return !withDatabase || db === 'connected';
  }
}

/** Runs LiteLLM's command to its end, for what does not become a server: the migration job, a configuration that must not boot. */
export async function runLitellm(
  props: GatewayProps,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly log: string }> {
  const masterKey = props.environment?.LITELLM_MASTER_KEY ?? newKey();
  const child = spawn(props, masterKey, args);
  const code = await child.ended;
  return { code, log: child.log };
}
