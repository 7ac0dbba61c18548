import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that the path of a unix socket may have on every system that has them. */
const SOCKET_PATH = 100;

export interface Listener {
  readonly network: 'unix' | 'tcp';
  /** Path of the socket, or `127.0.0.1:PORT`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Listens where only this machine reaches: on a unix socket, or, where there are none (Windows) or its path is too long, on the loopback. */
export async function listen(name: string, onConnection: (socket: Socket) => void, platform = process.platform): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  const directory = platform === 'win32' ? undefined : await socketDirectory(name);
  const path = directory === undefined ? undefined : join(directory, `${name}.sock`);
  try {
    await started(server, path);
  } catch (error) {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
    throw error;
  }
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  };
  if (path !== undefined) return { network: 'unix', address: path, close };
  return { network: 'tcp', address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function socketDirectory(name: string): Promise<string | undefined> {
  const prefix = join(tmpdir(), 'rehearsal-');
  return Buffer.byteLength(join(`${prefix}XXXXXX`, `${name}.sock`)) > SOCKET_PATH ? undefined : mkdtemp(prefix);
}

function started(server: Server, path: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const done = () => {
      server.off('error', reject);
      resolve();
    };
    if (path !== undefined) server.listen(path, done);
    else server.listen(0, '127.0.0.1', done);
  });
}
