import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http';
import { type Server as HttpsServer, createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { CertificateAuthority } from './certificates';

/** Hosts that the stand-in plays: Google's APIs and the domains of Vertex AI endpoints. */
const PLAYED = /\.(googleapis\.com|prediction(\.p)?\.vertexai\.goog)$/;

/**
 * The way out of a process whose HTTPS_PROXY it is. It ends the TLS of the hosts that are played here and hands their requests over,
 * `host` header and all. Every other destination is refused and recorded: a test cannot reach the internet by mistake.
 */
export class ConnectProxy {
  /** host:port of every refused destination. */
  readonly refused: string[] = [];
  private readonly proxy: Server;
  private readonly inside: HttpsServer;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly authority: CertificateAuthority,
    handle: RequestListener,
  ) {
    this.inside = createHttpsServer({ SNICallback: (host, done) => done(null, this.authority.contextFor(host)) }, handle);
    this.proxy = createServer((request, response) => {
      this.refused.push(String(request.headers.host));
      response.writeHead(403).end('This proxy only knows CONNECT.');
    });
    this.proxy.on('connect', (request: IncomingMessage, socket: Socket) => this.connect(request.url ?? '', socket));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.proxy.listen(0, '127.0.0.1', resolve));
  }

  /** For a process that is to reach Google here, and loopback as before. */
  get environment(): Record<string, string> {
    const proxy = `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
    return { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: '127.0.0.1,localhost', SSL_CERT_FILE: this.authority.certificateFile };
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.inside.closeAllConnections();
    await new Promise((resolve) => this.proxy.close(resolve));
  }

  private connect(destination: string, socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const [host = '', port] = destination.split(':');
    if (!PLAYED.test(host) || port !== '443') {
      this.refused.push(destination);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    this.inside.emit('connection', socket);
  }
}
