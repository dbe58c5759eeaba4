import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPostgresProxy } from '../../../src/trials/chaos/postgres-proxy.ts';
import type { PostgresProxy } from '../../../src/trials/chaos/postgres-proxy.ts';

const COMMIT = 'INSERT INTO records';

let server: Server;
let line: PostgresProxy;
/** What the server has received, which it answers with the same. */
let received = '';
let near: Socket;
let answered = '';
const open: Socket[] = [];

beforeEach(async () => {
  received = '';
  answered = '';
  server = createServer((far) => {
    open.push(far);
    far.on('error', () => undefined);
    far.on('data', (bytes: Buffer) => {
      received += bytes.toString();
      far.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  line = await startPostgresProxy(`postgres://owner@127.0.0.1:${port}/d1`);
  near = connect(Number(new URL(line.url).port), '127.0.0.1');
  near.on('error', () => undefined);
  near.on('data', (bytes: Buffer) => {
    answered += bytes.toString();
  });
  await say('hello');
  await vi.waitUntil(() => answered === 'hello');
});

afterEach(async () => {
  near.destroy();
  await line.close();
  for (const socket of open) socket.destroy();
  server.close();
});

/** A reset is a close as well. */
async function closeOf(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.on('close', () => {
      resolve();
    });
  });
}

async function say(text: string): Promise<void> {
  await new Promise((resolve) => near.write(text, resolve));
}

it('cuts a connection, and carries the next one', async () => {
  const closed = closeOf(near);
  line.cut();
  await closed;
  near = connect(Number(new URL(line.url).port), '127.0.0.1');
  await say(' again');
  await expect.poll(() => received).toBe('hello again');
});

it('keeps back what is said on a silent line until it speaks', async () => {
  line.silence('late');
  await say(' late');
  line.speak();
  await expect.poll(() => answered).toBe('hello late');
});

it('delivers what a process said that has ended on a silent line', async () => {
  line.silence('late');
  await say(' late');
  near.destroy();
  line.speak();
  await expect.poll(() => received).toBe('hello late');
});

it('loses what is said on a dead line, and ends it when it speaks', async () => {
  line.silence('lost');
  await say(' lost');
  const closed = closeOf(near);
  line.speak();
  await closed;
  expect(received).toBe('hello');
});

it('cuts a connection whose commit has arrived, without its answer', async () => {
  line.atNextCommit('cut');
  const closed = closeOf(near);
  await say(COMMIT);
  await closed;
  expect(received).toBe(`hello${COMMIT}`);
  expect(answered).toBe('hello');
});

it('is silent after a commit, on its connection', async () => {
  line.atNextCommit('late');
  await say(COMMIT);
  await expect.poll(() => received).toBe(`hello${COMMIT}`);
  expect(answered).toBe('hello');
  line.speak();
  await expect.poll(() => answered).toBe(`hello${COMMIT}`);
});
