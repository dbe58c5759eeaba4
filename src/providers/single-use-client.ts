import type { Socket } from 'node:net';
import type { Client as UndiciClient, buildConnector } from 'undici';
import { Client } from './undici.ts';

/** An HTTP client for one request over one connection. */
export interface SingleUseClient {
  readonly client: UndiciClient;
  /** Whether a byte of the request may have left: one was written to an open connection. */
  mayHaveSent(): boolean;
}

/**
 * Creates a client for one request. The new connection shows whether the request may have arrived,
 * and the request cannot get lost on an idle socket that the server has just closed. The client
 * connects only once, so the request is never written twice.
 */
export function createSingleUseClient(
  origin: string,
  options: Omit<UndiciClient.Options, 'connect'>,
  connect: buildConnector.connector,
): SingleUseClient {
  let connected = false;
  let socket: Socket | null = null;
  const connectOnce: buildConnector.connector = (target, done) => {
    if (connected) {
      done(new Error('a single-use client connects once'), null);
      return;
    }
    connect(target, (...result) => {
      connected = result[0] === null;
      socket = result[1];
      done(...result);
    });
  };
  return {
    client: new Client(origin, { ...options, connect: connectOnce }),
    // The count stays at zero if the connection closed before the first byte.
    mayHaveSent: () => connected && socket?.bytesWritten !== 0,
  };
}
