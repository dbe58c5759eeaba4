import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  startHealthServer,
  type HealthServer,
  type Readiness,
} from '../../src/health/health-server.ts';
import { captureLog } from '../logging/captured-log.ts';

const READY: Readiness = { gateway: true, store: true, providers: { jimmy: 'ok' } };

async function start(
  readiness: () => Readiness | Promise<Readiness> = () => READY,
): Promise<HealthServer & { address: string; logged: () => unknown[] }> {
  const { log, records } = captureLog();
  const server = await startHealthServer({ port: 0, host: '127.0.0.1', readiness, log });
  onTestFinished(() => server.close());
  return { ...server, address: `http://127.0.0.1:${server.port}`, logged: records };
}

async function get(address: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(address);
  return { status: response.status, body: await response.json() };
}

describe('health server', () => {
  it('is alive as long as it answers, ready or not', async () => {
    const { address } = await start(() => ({ ...READY, gateway: false, store: false }));
    expect(await get(`${address}/healthz`)).toEqual({ status: 200, body: { status: 'alive' } });
  });

  it.each([
    [200, READY],
    [200, { ...READY, providers: { jimmy: 'unauthorized', anyfast: 'unavailable' } }],
    [503, { ...READY, gateway: false }],
    [503, { ...READY, store: false }],
  ])('answers %i on readiness %j and shows it', async (status, readiness) => {
    const { address } = await start(() => Promise.resolve(readiness));
    expect(await get(`${address}/readyz?now`)).toEqual({ status, body: readiness });
  });

  it('asks anew each time', async () => {
    let gateway = false;
    const { address } = await start(() => ({ ...READY, gateway }));
    expect((await get(`${address}/readyz`)).status).toBe(503);
    gateway = true;
    expect((await get(`${address}/readyz`)).status).toBe(200);
  });

  it('is not ready if the check fails, and only the log says why', async () => {
    const { address, logged } = await start(() => Promise.reject(new Error('disk gone')));
    expect(await get(`${address}/readyz`)).toEqual({ status: 503, body: { error: 'unknown' } });
    expect(logged()).toMatchObject([{ level: 40, path: '/readyz', err: { message: 'disk gone' } }]);
  });

  it.each(['/', '/healthz/', '/readyz/x', '/metric', '/__proto__', '//healthz'])(
    'knows nothing at %s',
    async (path) => {
      const { address } = await start();
      expect(await get(address + path)).toEqual({ status: 404, body: { error: 'not found' } });
    },
  );

  it('accepts only GET and HEAD, and reads no body', async () => {
    const { address } = await start();
    const body = 'x'.repeat(1_000_000);
    const post = await fetch(`${address}/healthz`, { method: 'POST', body });
    expect(post.status).toBe(404);
    const head = await fetch(`${address}/healthz`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('refuses headers beyond its limit', async () => {
    const { address } = await start();
    const response = await fetch(`${address}/healthz`, { headers: { x: 'y'.repeat(9000) } });
    expect(response.status).toBe(431);
  });

  it('closes although a connection is open, and frees its port', async () => {
    const server = await start();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    // Answered once, so that the server knows the connection, then left open in the middle of a
    // request.
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n');
    const ended = once(socket, 'close');
    socket.on('error', () => undefined);
    await get(`${server.address}/healthz`);
    await server.close();
    await ended;
    await expect(get(`${server.address}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('rejects if the port is in use', async () => {
    const { port } = await start();
    const { log } = captureLog();
    const second = startHealthServer({ port, host: '127.0.0.1', readiness: () => READY, log });
    await expect(second).rejects.toThrow('EADDRINUSE');
  });
});
