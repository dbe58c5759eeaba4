import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { targetOf } from '../../src/outbound/connector.ts';
import { openConnection } from '../../src/outbound/open-connection.ts';
import { buildConnector } from '../../src/outbound/undici.ts';
import { createSingleUseClient } from '../../src/providers/single-use-client.ts';

/** A server that reads a request and then closes the connection. */
async function rudeServer() {
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
  const target = targetOf('http:', '127.0.0.1', String(address.port));
  const connection = await openConnection(target, buildConnector({ timeout: 2000 }));
  return { origin: `http://127.0.0.1:${address.port}`, read, connection };
}

const post = (origin: string) => ({ origin, path: '/', method: 'POST', body: '{}' }) as const;

it('has sent what a server hung up on, and never sends it again', async () => {
  const { origin, read, connection } = await rudeServer();
  const client = createSingleUseClient(origin, {}, connection);
  await expect(client.request(post(origin))).rejects.toThrow(/closed|ECONNRESET/);
  expect(connection.hasSent()).toBe(true);
  await expect(client.request(post(origin))).rejects.toThrow('connects once');
  expect(read).toEqual(['/']);
  await client.destroy();
  expect(connection.hasSent()).toBe(true);
});

it('has sent nothing over a connection that closed before its first byte', async () => {
  const { origin, read, connection } = await rudeServer();
  connection.socket.destroy();
  const client = createSingleUseClient(origin, {}, connection);
  await expect(client.request(post(origin))).rejects.toThrow(
    /closed|destroyed|ECONN|connects once|write/,
  );
  expect(connection.hasSent()).toBe(false);
  expect(read).toEqual([]);
});
