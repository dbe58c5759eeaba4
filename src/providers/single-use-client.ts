import type { Socket } from 'node:net';
import type { Client as UndiciClient, buildConnector } from 'undici';
import { Client } from './undici.ts';

export interface SingleUseClient {
  readonly client: UndiciClient;
  /** Whether a byte of the request may have left: one was handed to a connection that stood. */
  mayHaveSent(): boolean;
}

/**
 * A client for one request. Its fresh connection tells "never reached" from "may have arrived", and
 * no idle socket that the server has just closed can swallow the request. It connects once: what was
 * written can never be written a second time.
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
    // Of a connection that closed before its first byte the count stays at zero.
    mayHaveSent: () => connected && socket?.bytesWritten !== 0,
  };
}
