import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a request gets lost: before it arrives, or its answer on the way back. */
export type Fault = 'request' | 'answer';

/** Passes requests on, and loses one of them: as a crash, or a network that fails, at that moment. */
export class FaultyProxy {
  /** Requests since the last `lose`. */
  count = 0;
  private lost: { readonly at: number; readonly what: Fault } | undefined;
  private readonly server: Server;

  private constructor(private readonly target: string) {
    this.server = createServer((request, response) => {
      void this.pass(request).then((answer) => {
        if (!answer) return request.socket.destroy();
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.text);
      });
    });
    // Only what a test loses is lost: not a request on a connection that this end is just closing.
    this.server.keepAliveTimeout = 600_000;
  }

  static async start(target: string): Promise<FaultyProxy> {
    const made = new FaultyProxy(target.replace(/\/$/, ''));
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The write of this number from now on, counted from 1, is lost. 0: none. */
  lose(at: number, what: Fault = 'request'): void {
    this.count = 0;
    this.lost = { at, what };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage): Promise<{ status: number; text: string } | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.method!;
    const lost = method === 'POST' && ++this.count === this.lost?.at ? this.lost.what : undefined;
    if (lost === 'request') return undefined;
    const headers = { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' };
    const body = method === 'POST' ? Buffer.concat(chunks) : undefined;
    const answer = await fetch(`${this.target}${request.url}`, { method, headers, body });
    const text = await answer.text();
    return lost === 'answer' ? undefined : { status: answer.status, text };
  }
}
