import type { Dispatcher, Pool as UndiciPool } from 'undici';
import { errorCode } from '../domain/error-code.ts';
import type { Connector } from '../outbound/connector.ts';
import { Pool } from '../outbound/undici.ts';

/** Connections to one origin that are kept between requests which may be repeated. */
export interface KeptConnections {
  /** Sends a request; once more if a kept connection lost it without an answer. */
  send<T>(exchange: (pool: Dispatcher) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Longer than most polls of one task are apart. A server's own `Keep-Alive` shortens it. */
const IDLE_MS = 30_000;

/** How a request ends on a connection that the server closes just when it is used again. */
const LOST_CODES: ReadonlySet<string | undefined> = new Set([
  'UND_ERR_SOCKET',
  'ECONNRESET',
  'EPIPE',
]);

/** Creates the connections to an origin, which `connect` opens. */
export function createKeptConnections(
  origin: string,
  timeouts: Pick<UndiciPool.Options, 'headersTimeout' | 'bodyTimeout'>,
  connect: Connector,
): KeptConnections {
  let opened = 0;
  const pool = new Pool(origin, {
    ...timeouts,
    keepAliveTimeout: IDLE_MS,
    connect: (target, done) => {
      opened += 1;
      connect(target, done);
    },
  });
  return {
    async send(exchange) {
      const openedBefore = opened;
      try {
        return await exchange(pool);
      } catch (error) {
        // Where none was opened meanwhile, the request went out on a kept one.
        if (opened !== openedBefore || !LOST_CODES.has(errorCode(error))) throw error;
        return await exchange(pool);
      }
    },
    close: async () => pool.destroy(),
  };
}
