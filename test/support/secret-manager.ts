import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Secret Manager on loopback, as strict as the real one about what it is asked: the REST calls of versions, and no others. */
export class SecretManagerServer {
  /** Values of each secret's versions, oldest first. A secret has to be made before it takes one. */
  readonly versions = new Map<string, string[]>();
  private readonly server: Server;

  /** @param token the only one that it takes */
  private constructor(private readonly token: string) {
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const [status, answer] = this.answer(request, body);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
    });
    this.server.keepAliveTimeout = 600_000;
  }

  static async start(token: string): Promise<SecretManagerServer> {
    const made = new SecretManagerServer(token);
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Every value that was ever written. */
  get values(): string[] {
    return [...this.versions.values()].flat();
  }

  /** @param secret projects/P/secrets/S */
  make(...secrets: readonly string[]): void {
    for (const secret of secrets) this.versions.set(secret, []);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ method, url = '', headers }: IncomingMessage, body: string): [number, object] {
    if (headers.authorization !== `Bearer ${this.token}`)
      return failure(401, 'UNAUTHENTICATED', 'the token is not the one that was issued');
    const match = /^\/v1\/(projects\/[a-z0-9-]+\/secrets\/[\w-]+)(:addVersion|\/versions\/latest:access)?$/.exec(url);
    if (!match) return failure(404, 'NOT_FOUND', `no such method: ${url}`);
    const [, secret, verb] = match;
    const versions = this.versions.get(secret!);
    if (!versions) return failure(404, 'NOT_FOUND', `Secret [${secret}] not found.`);
    if (verb === ':addVersion') return method === 'POST' ? this.add(secret!, versions, body) : failure(404, 'NOT_FOUND', method!);
    if (method !== 'GET') return failure(404, 'NOT_FOUND', `no such method: ${method}`);
    if (verb === undefined) return [200, { name: secret }];
    const value = versions.at(-1);
    if (value === undefined) return failure(404, 'NOT_FOUND', `Secret [${secret}] has no version.`);
    return [200, { name: `${secret}/versions/${versions.length}`, payload: { data: Buffer.from(value).toString('base64') } }];
  }

  private add(secret: string, versions: string[], body: string): [number, object] {
    const { payload, ...unknown } = JSON.parse(body) as { payload?: { data?: string } };
    if (Object.keys(unknown).length > 0) return failure(400, 'INVALID_ARGUMENT', `Unknown name "${Object.keys(unknown).join()}"`);
    if (!payload?.data || !/^[A-Za-z0-9+/]+={0,2}$/.test(payload.data))
      return failure(400, 'INVALID_ARGUMENT', 'payload.data is no base64');
    versions.push(Buffer.from(payload.data, 'base64').toString());
    return [200, { name: `${secret}/versions/${versions.length}`, state: 'ENABLED' }];
  }
}

const failure = (code: number, status: string, message: string): [number, object] => [code, { error: { code, status, message } }];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
