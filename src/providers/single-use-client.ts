import type { Client as UndiciClient, buildConnector } from 'undici';
import { Client } from './undici.ts';

export interface SingleUseClient {
  readonly client: UndiciClient;
  /** Whether a connection, with TLS where the origin asks for it, has ever stood. */
  wasConnected(): boolean;
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
  const connectOnce: buildConnector.connector = (target, done) => {
    if (connected) {
      done(new Error('a single-use client connects once'), null);
      return;
    }
    connect(target, (...result) => {
      connected = result[0] === null;
      done(...result);
    });
  };
  return {
    client: new Client(origin, { ...options, connect: connectOnce }),
    wasConnected: () => connected,
  };
}
