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

/** A process's whole environment: what a container of the gateway has, and where this machine keeps things. */
function environmentOf({ google, database, environment }: GatewayProps, home: string, masterKey: string): Record<string, string> {
  return {
    PATH: [join(LITELLM.directory, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    HOME: home,
    LITELLM_MASTER_KEY: masterKey,
    LITELLM_SALT_KEY: `sk-${randomBytes(16).toString('hex')}`,
    LITELLM_MODE: 'PRODUCTION',
    // Otherwise the prices of models are read from GitHub.
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    DISABLE_SCHEMA_UPDATE: 'true',
    ...PRISMA_FILES.variables,
    ...google?.environment,
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...environment,
  };
}

/** Starts LiteLLM's command with a configuration in a directory of its own, which goes when the process has ended. */
function spawn(props: GatewayProps, masterKey: string, args: readonly string[]): Child {
  const home = mkdtempSync(join(tmpdir(), 'gateway-'));
  const config = join(home, 'config.yaml');
  if (props.config !== undefined) writeFileSync(config, props.config);
  const environment = environmentOf(props, home, masterKey);
  const child = new Child({
    command: LITELLM.command('litellm'),
    args: [...(props.config === undefined ? [] : ['--config', config]), ...args],
    environment,
    directory: home,
  });
  void child.ended.finally(() => rmSync(home, { recursive: true, force: true }));
  return child;
}

/** A real LiteLLM on loopback. */
export class Gateway {
  /** Starts it and waits until it answers. Fails with what it has said when it does not. The caller stops it. */
  static async start(props: GatewayProps): Promise<Gateway> {
    const port = await freePort();
    const masterKey = props.environment?.LITELLM_MASTER_KEY ?? `sk-${randomBytes(16).toString('hex')}`;
    const workers = String(props.workers ?? 1);
    const child = spawn(props, masterKey, ['--host', '127.0.0.1', '--port', String(port), '--num_workers', workers]);
    const gateway = new Gateway(`http://127.0.0.1:${port}`, masterKey, child);
    try {
      await child.ready(() => gateway.isReady(props.database !== undefined), READY_SECONDS);
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
  const masterKey = props.environment?.LITELLM_MASTER_KEY ?? `sk-${randomBytes(16).toString('hex')}`;
  const child = spawn(props, masterKey, args);
  const code = await child.ended;
  return { code, log: child.log };
}
