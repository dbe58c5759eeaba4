import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../domain/error-code.ts';

/*
 * A name that one process of the machine has at a time, without a file that could be left behind or
 * tidied away: an abstract socket on Linux, a named pipe on Windows. The system frees it with the
 * process. Elsewhere there is no such thing, and the lock beside the store is all there is.
 */

/** Before a refused connection is made again, in milliseconds. */
const REFUSED_MS = 20;

interface NameLock {
  release(): Promise<void>;
}

const NO_LOCK: NameLock = { release: async () => undefined };

/** Resolves with undefined where another process had it all the time. */
export async function takeFileName(
  identity: string,
  waitMs: number,
): Promise<NameLock | undefined> {
  const name = nameOf(identity);
  if (name === undefined) return NO_LOCK;
  const patience = AbortSignal.timeout(Math.ceil(waitMs));
  for (;;) {
    const lock = await listen(name);
    if (lock !== undefined) return lock;
    if (!(await untilGone(name, patience))) return undefined;
  }
}

export async function isFileNameTaken(identity: string): Promise<boolean> {
  const name = nameOf(identity);
  if (name === undefined) return false;
  const socket = createConnection(name);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Nobody listens there.
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
  // Who waits for the name keeps a connection, and hears of its end at once.
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
    // A service that may open no such socket has the lock beside the store, like systems without one.
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

/** False: patience is over. */
async function untilGone(name: string, patience: AbortSignal): Promise<boolean> {
  if (patience.aborted) return false;
  const socket = createConnection(name);
  const stop = (): void => {
    socket.destroy();
  };
  patience.addEventListener('abort', stop);
  const hadFault = await new Promise<boolean>((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', resolve);
    socket.resume();
  });
  patience.removeEventListener('abort', stop);
  // Gone already, or its queue is full, of which nobody hears the end.
  if (hadFault && !patience.aborted) await wait(REFUSED_MS);
  return !patience.aborted;
}
