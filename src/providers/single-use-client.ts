import type { Client as UndiciClient } from 'undici';
import { Client } from '../outbound/undici.ts';
import type { OpenConnection } from '../outbound/open-connection.ts';

/**
 * Creates an HTTP client for one request over a connection that has carried nothing. The connection
 * shows whether the request may have arrived, and the request cannot get lost on an idle connection
 * that the server has just closed after an earlier answer. The client never opens another one, so
 * the request is never written twice.
 */
export function createSingleUseClient(
  origin: string,
  options: Omit<UndiciClient.Options, 'connect'>,
  { socket }: Pick<OpenConnection, 'socket'>,
): UndiciClient {
  let isUsed = false;
  return new Client(origin, {
    ...options,
    connect: (_target, done) => {
      const isFirst = !isUsed;
      isUsed = true;
      // undici does not expect its answer at once. Nothing is read from the network before it.
      queueMicrotask(() => {
        if (isFirst) done(null, socket);
        else done(new Error('a single-use client connects once'), null);
      });
    },
  });
}
