import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { listen } from '../../../rehearsal/plugin/listen';

const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

describe('the place where engines connect', () => {
  it('is a unix socket of this user; closing ends connections and removes it', async () => {
    const accepted: Socket[] = [];
    const listener = await listen('lab', (socket) => void accepted.push(socket));
    expect(listener.network).toBe('unix');
    const client = connect(listener.address);
    const end = closed(client);
    await new Promise((resolve) => client.once('connect', resolve));
    await listener.close();
    await end;
    expect(existsSync(listener.address)).toBe(false);
  });

  it('is the loopback on Windows', async () => {
    const listener = await listen('lab', () => undefined, 'win32');
    await listener.close();
    expect(listener).toMatchObject({ network: 'tcp', address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string });
  });

  it('is the loopback where the path of a socket would be too long', async () => {
    const listener = await listen('lab'.repeat(40), () => undefined);
    await listener.close();
    expect(listener.network).toBe('tcp');
  });
});
