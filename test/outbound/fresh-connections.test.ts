import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { targetOf } from '../../src/outbound/connector.ts';
import { createFreshConnections } from '../../src/outbound/fresh-connections.ts';
import { buildConnector } from '../../src/outbound/undici.ts';
import { listenOnLoopback } from './loopback-server.ts';
import { TEST_CERTIFICATE } from './test-certificate.ts';

/** A server that does something with each connection, and the connections to it. */
async function connectionsTo(
  onConnection: (socket: Socket, count: number) => void = () => undefined,
) {
  const arrived: Socket[] = [];
  const server = await listenOnLoopback((socket) => {
    arrived.push(socket);
    socket.resume();
    onConnection(socket, arrived.length);
  });
  const target = targetOf('http:', '127.0.0.1', String(server.port));
  const fresh = createFreshConnections(target, buildConnector({ timeout: 2000 }));
  onTestFinished(() => fresh.close());
  const arrives = async (count: number): Promise<void> =>
    vi.waitFor(() => expect(arrived).toHaveLength(count));
  return { fresh, arrived, arrives, server };
}

/** Whether a socket of the client leads to that socket of the server. */
const leadsTo = (socket: Socket, other: Socket | undefined): boolean =>
  other !== undefined && socket.localPort === other.remotePort;

describe('the connection opened ahead', () => {
  it('is handed over, and the next one is opened', async () => {
    const { fresh, arrived, arrives } = await connectionsTo();
    fresh.prepare();
    fresh.prepare();
    await arrives(1);
    const { socket } = await fresh.take();
    expect(leadsTo(socket, arrived[0])).toBe(true);
    await arrives(2);
    const next = await fresh.take();
    expect(leadsTo(next.socket, arrived[1])).toBe(true);
    socket.destroy();
    next.socket.destroy();
  });

  it('is awaited while it is being opened', async () => {
    const { fresh, arrived } = await connectionsTo();
    fresh.prepare();
    const { socket } = await fresh.take();
    await vi.waitFor(() => expect(leadsTo(socket, arrived[0])).toBe(true));
    socket.destroy();
  });

  it.each<[string, (socket: Socket) => void]>([
    ['the server closed', (socket) => socket.end()],
    ['the server reset', (socket) => socket.resetAndDestroy()],
    ['the server spoke on', (socket) => socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n')],
    [
      'the server spoke on and closed',
      (socket) => socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n'),
    ],
  ])('is not used if %s, even at that very moment', async (_what, spoil) => {
    const { fresh, arrived, arrives } = await connectionsTo();
    fresh.prepare();
    await arrives(1);
    const [first] = arrived;
    if (first === undefined) throw new Error('nothing arrived');
    // What it does reaches the client's end without a turn of the client's event loop.
    spoil(first);
    const one = await fresh.take();
    expect(leadsTo(one.socket, first)).toBe(false);
    expect(one.isUntouched()).toBe(true);
    one.socket.destroy();
  });

  it('ends with the others when all are closed, and no other is opened', async () => {
    const { fresh, arrived, arrives } = await connectionsTo();
    fresh.prepare();
    await arrives(1);
    const [first] = arrived;
    const closed = first === undefined ? undefined : once(first, 'close');
    fresh.close();
    await closed;
    fresh.prepare();
    await wait(20);
    expect(arrived).toHaveLength(1);
  });

  it('fails where it is needed, and only there', async () => {
    const { fresh, server } = await connectionsTo();
    server.close();
    fresh.prepare();
    await wait(20);
    await expect(fresh.take()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

async function secureConnections() {
  const arrived: Socket[] = [];
  const server = await listenOnLoopback(
    (socket) => void arrived.push(socket),
    (listener) => createTlsServer(TEST_CERTIFICATE, (socket: TLSSocket) => listener(socket)),
  );
  const target = targetOf('https:', '127.0.0.1', String(server.port));
  const fresh = createFreshConnections(target, buildConnector({ timeout: 2000 }));
  onTestFinished(() => fresh.close());
  fresh.prepare();
  await vi.waitFor(() => expect(arrived).toHaveLength(1));
  // Time for the session tickets, which follow the handshake.
  await wait(20);
  return { fresh, arrived };
}

describe('a connection with TLS', () => {
  beforeEach(() => void vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'));
  afterEach(() => void vi.unstubAllEnvs());

  it('has carried nothing after its handshake, and something with its first byte', async () => {
    const { fresh, arrived } = await secureConnections();
    const one = await fresh.take();
    expect(leadsTo(one.socket, arrived[0])).toBe(true);
    expect([one.isUntouched(), one.hasSent()]).toEqual([true, false]);
    one.socket.write('P');
    expect([one.isUntouched(), one.hasSent()]).toEqual([false, true]);
    one.socket.destroy();
    expect(one.hasSent()).toBe(true);
  });

  it.each<[string, (socket: Socket | undefined) => void]>([
    ['closed', (socket) => socket?.end()],
    ['destroyed', (socket) => socket?.destroy()],
  ])('is not used once the server %s it', async (_what, spoil) => {
    const { fresh, arrived } = await secureConnections();
    const [first] = arrived;
    spoil(first);
    await wait(20);
    const { socket } = await fresh.take();
    expect(leadsTo(socket, first)).toBe(false);
    socket.destroy();
  });
});

describe('the age of a connection', () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
  );
  afterEach(() => void vi.useRealTimers());

  it('is at most 5 s: then it is closed, and none is opened in its place', async () => {
    const { fresh, arrived } = await connectionsTo();
    fresh.prepare();
    await turnsUntil(() => arrived.length === 1);
    await turns(20);
    let isClosed = false;
    arrived[0]?.on('close', () => {
      isClosed = true;
    });
    vi.advanceTimersByTime(4999);
    await turns(20);
    expect(isClosed).toBe(false);
    vi.advanceTimersByTime(1);
    await turnsUntil(() => isClosed);
    await turns(20);
    expect(arrived).toHaveLength(1);
    const { socket } = await fresh.take();
    expect(leadsTo(socket, arrived[1])).toBe(true);
    socket.destroy();
  });
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

async function turnsUntil(isDone: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !isDone(); turn += 1) await turns(1);
  expect(isDone()).toBe(true);
}
