import type { Client } from 'undici';
import { unlessAborted } from '../app/unless-aborted.ts';
import { errorCode } from '../domain/error-code.ts';
import type { FreshConnections } from '../outbound/fresh-connections.ts';
import type { OpenConnection } from '../outbound/open-connection.ts';
import type { HttpAnswer, HttpResult } from './exchange.ts';
import { createSingleUseClient } from './single-use-client.ts';

interface SendOptions {
  readonly fresh: FreshConnections;
  readonly origin: string;
  readonly timeouts: Pick<Client.Options, 'headersTimeout' | 'bodyTimeout'>;
  readonly signal: AbortSignal;
}

/**
 * Destroys each used connection. Without it, undici creates an error with a stack every time, as it
 * does if it is asked to close the connection itself.
 */
const REQUEST_ENDED = new Error('the request is over');

/** Sends one request over a fresh connection. If that fails, the connection says how far it came. */
export async function sendOnce(
  { fresh, origin, timeouts, signal }: SendOptions,
  send: (client: Client) => Promise<HttpAnswer>,
): Promise<HttpResult> {
  let connection: OpenConnection | undefined;
  try {
    connection = await takeUnlessAborted(fresh, signal);
    const client = createSingleUseClient(origin, timeouts, connection);
    try {
      return await send(client);
    } finally {
      await client.destroy(REQUEST_ENDED);
    }
  } catch (error) {
    const kind = connection?.hasSent() === true ? 'no-answer' : 'not-sent';
    return { kind, detail: detailOf(error) };
  } finally {
    connection?.socket.destroy();
  }
}

/** A connection that comes after the signal is closed. */
async function takeUnlessAborted(
  fresh: FreshConnections,
  signal: AbortSignal,
): Promise<OpenConnection> {
  signal.throwIfAborted();
  const taking = fresh.take();
  try {
    return await unlessAborted(taking, signal);
  } catch (error) {
    taking.then(
      ({ socket }) => socket.destroy(),
      () => undefined,
    );
    throw error;
  }
}

/** What a log may show of an error: its code only: its message may contain a URL. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return errorCode(error) ?? (error.name === 'AbortError' ? 'ABORTED' : error.name);
}
