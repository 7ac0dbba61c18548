import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { Child, freePort } from './child';
import { CLIENTS } from './litellm';

const SCRIPT = `
import sys
from fakeredis import TcpFakeServer
TcpFakeServer(("127.0.0.1", int(sys.argv[1])), server_type="redis").serve_forever()
`;
const READY_SECONDS = 60;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** A stand-in for Redis on loopback: one node, without TLS or a password. */
export class Redis {
  static async start(): Promise<Redis> {
    const port = await freePort();
    const server = new Child({
      command: CLIENTS.command('python'),
      args: ['-c', SCRIPT, String(port)],
      environment: {},
      directory: tmpdir(),
    });
    await server.ready(() => answers(port), READY_SECONDS);
    return new Redis(server, port);
  }

  private constructor(
    private readonly server: Child,
    private readonly port: number,
  ) {}

  /** As LiteLLM finds it. */
  get environment(): Record<string, string> {
    return { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(this.port) };
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}
