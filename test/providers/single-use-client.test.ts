import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSingleUseClient } from '../../src/providers/single-use-client.ts';
import { buildConnector } from '../../src/providers/undici.ts';

/** A server that reads a request and then closes the connection. */
async function rudeServer(): Promise<{ origin: string; read: string[] }> {
  const read: string[] = [];
  const server = createServer((request) => {
    read.push(request.url ?? '');
    request.socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, read };
}

const post = (origin: string) => ({ origin, path: '/', method: 'POST', body: '{}' }) as const;

describe('a client for one request', () => {
  it('may have sent what a server hung up on', async () => {
    const { origin, read } = await rudeServer();
    const one = createSingleUseClient(origin, {}, buildConnector({ timeout: 2000 }));
    await expect(one.client.request(post(origin))).rejects.toThrow(/closed|ECONNRESET/);
    expect(read).toEqual(['/']);
    expect(one.mayHaveSent()).toBe(true);
    await one.client.destroy();
    expect(one.mayHaveSent()).toBe(true);
  });

  it('has sent nothing over a connection that closed before its first byte', async () => {
    const { origin, read } = await rudeServer();
    const connect = buildConnector({ timeout: 2000 });
    const one = createSingleUseClient(origin, {}, (target, done) => {
      connect(target, (...result) => {
        result[1]?.destroy();
        done(...result);
      });
    });
    await expect(one.client.request(post(origin))).rejects.toThrow('connects once');
    expect(one.mayHaveSent()).toBe(false);
    expect(read).toEqual([]);
  });
});
