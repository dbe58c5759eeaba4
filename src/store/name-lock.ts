import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../domain/error-code.ts';

/*
 * A name that only one process of the machine can hold at a time, without a file that could be left
 * behind or deleted: an abstract socket on Linux, a named pipe on Windows. The system frees it when
 * the process ends. Other systems have no such names; there only the lock file beside the store works.
 */

/** How long to wait before a refused connection is retried, in milliseconds. */
const RECONNECT_MS = 20;

interface NameLock {
  release(): Promise<void>;
}

const NO_LOCK: NameLock = { release: async () => undefined };

/** Acquires the name of a file's identity. Resolves with `undefined` if another process keeps it. */
export async function acquireNameLock(
  identity: string,
  waitMs: number,
): Promise<NameLock | undefined> {
  const name = nameOf(identity);
  if (name === undefined) return NO_LOCK;
  const timeout = AbortSignal.timeout(Math.ceil(waitMs));
  for (;;) {
    const lock = await listen(name);
    if (lock !== undefined) return lock;
    if (!(await waitForRelease(name, timeout))) return undefined;
  }
}

/** Whether a process holds the name of a file's identity now. */
export async function isNameLocked(identity: string): Promise<boolean> {
  const name = nameOf(identity);
  if (name === undefined) return false;
  const socket = createConnection(name);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // No process listens on the name.
    return false;
  } finally {
    socket.destroy();
  }
}

function nameOf(identity: string): string | undefined {
  if (process.platform === 'linux') return `\0clapper-store-${identity}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\clapper-store-${identity}`;
  return undefined;
}

async function listen(name: string): Promise<NameLock | undefined> {
  // A process that waits for the name stays connected, so it notices at once when the name is free.
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('close', () => waiting.delete(socket));
    socket.on('error', () => undefined);
    socket.resume();
    socket.unref();
  });
  server.unref();
  server.listen(name);
  try {
    await once(server, 'listening');
  } catch (cause) {
    if (errorCode(cause) === 'EADDRINUSE') return undefined;
    // Where the process may not open such a socket, only the lock file beside the store works.
    return NO_LOCK;
  }
  return {
    async release() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of waiting) socket.destroy();
      await closed;
    },
  };
}

/** Waits until the holder releases the name. Resolves with `false` after the timeout. */
async function waitForRelease(name: string, timeout: AbortSignal): Promise<boolean> {
  if (timeout.aborted) return false;
  const socket = createConnection(name);
  const stop = (): void => {
    socket.destroy();
  };
  timeout.addEventListener('abort', stop);
  const hasFailed = await new Promise<boolean>((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', resolve);
    socket.resume();
  });
  timeout.removeEventListener('abort', stop);
  // The name was free already, or the holder's queue is full, which gives no event when it ends.
  if (hasFailed && !timeout.aborted) await wait(RECONNECT_MS);
  return !timeout.aborted;
}
