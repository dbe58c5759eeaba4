import { once } from 'node:events';
import { Socket } from 'node:net';
import { Client } from 'pg';
import type { Clock } from '../../app/ports/core.ts';
import { createSerialQueue } from '../serial-queue.ts';
import type { Ask } from './schema.ts';

/** What a connection may take, in milliseconds. */
export interface ConnectionLimits {
  /** Until it is there. */
  readonly connectMs: number;
  /** Until a statement is answered. The server gives it up a fifth earlier. */
  readonly answerMs: number;
}

/** Where a connection leads to, and what it is called there. */
export interface ConnectionTarget {
  /** `postgres://…`, with a password in it. */
  readonly url: string;
  /** The name of this process among those of the database. */
  readonly instance: string;
  readonly clock: Pick<Clock, 'after' | 'elapsed'>;
}

/** One connection to the server. */
export interface Connection {
  /**
   * Rejects with the server's refusal, which leaves the connection as it was. Any other fault puts an
   * end to it: whether the statement was executed is unknown then.
   */
  readonly ask: Ask;
  /** Whether no statement is waited for. */
  readonly isIdle: () => boolean;
  /** Calls `then` with the channel and the payload of each notice. */
  readonly onNotice: (then: (channel: string, payload: string) => void) => void;
  /** Ends it at once, whatever runs on it. */
  destroy(): void;
  /** Says goodbye, and ends it after half a second at most. */
  end(): Promise<void>;
}

const GOODBYE_MS = 500;

/** So many statements are kept parsed and planned on a connection; what comes later is so each time. */
const MAX_PREPARED = 100;

/** Opens a connection; `over` is called, once or more, when it ends for any reason. Rejects in time. */
export async function connect(
  { url, instance, clock }: ConnectionTarget,
  { connectMs, answerMs }: ConnectionLimits,
  { isDurable, over }: { readonly isDurable: boolean; readonly over: () => void },
): Promise<Connection> {
  const socket = new Socket();
  socket.once('close', over);
  const client = clientOn(socket, { url, instance }, { connectMs, answerMs });
  // At once, not at the socket's end a turn later: a caller that tries again must not get this one.
  const destroy = (): void => {
    socket.destroy();
    over();
  };
  // Each call on it fails as well; an unhandled event would end the process.
  client.on('error', destroy);
  client.on('end', destroy);
  const { ask, isIdle } = askInTurn(
    client,
    { socket, destroy },
    isDurable ? unnamed : createNames(),
  );
  try {
    await client.connect();
    await ask(settings(answerMs, isDurable));
  } catch (cause) {
    destroy();
    throw cause;
  }
  return {
    ask,
    isIdle,
    onNotice(then) {
      client.on('notification', ({ channel, payload }) => then(channel, payload ?? ''));
    },
    destroy,
    async end() {
      if (socket.closed) return;
      const closed = once(socket, 'close');
      const cancel = clock.after(GOODBYE_MS, destroy);
      void client.end().catch(destroy);
      await closed;
      cancel();
    },
  };
}

/** On a socket of our own, which can be closed without the server's help. */
function clientOn(
  socket: Socket,
  { url, instance }: Pick<ConnectionTarget, 'url' | 'instance'>,
  { connectMs, answerMs }: ConnectionLimits,
): Client {
  return new Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: answerMs,
    application_name: `clapper ${instance}`,
    stream: () => socket,
  });
}

/** Statements on one connection, each sent when the one before was answered; its time counts from then. */
function askInTurn(
  client: Client,
  { socket, destroy }: { readonly socket: Socket; readonly destroy: () => void },
  nameOf: NameOf,
): Pick<Connection, 'ask' | 'isIdle'> {
  const inTurn = createSerialQueue();
  let asked = 0;
  const askNow: Ask = async (sql, values) => {
    if (socket.destroyed) throw new Error('the connection to the database is over');
    try {
      const query = values === undefined ? sql : { ...nameOf(sql), text: sql, values: [...values] };
      const { rows } = await client.query<Record<string, unknown>>(query);
      return rows;
    } catch (cause) {
      // After a time-out nothing is known of the connection, so it is not used any more.
      if (!isRefusal(cause)) destroy();
      throw cause;
    }
  };
  return {
    async ask(sql, values) {
      asked += 1;
      try {
        return await inTurn(async () => askNow(sql, values));
      } finally {
        asked -= 1;
      }
    },
    isIdle: () => asked === 0,
  };
}

type NameOf = (sql: string) => { readonly name?: string };

/** A commit waits for a flush, beside which its plan is nothing. */
const unnamed: NameOf = () => ({});

/**
 * Names statements, by which the server keeps them: to parse and plan a small one costs it up to five
 * times as much as to execute it.
 */
function createNames(): NameOf {
  const named = new Map<string, { readonly name: string }>();
  return (sql) => {
    const known = named.get(sql);
    if (known !== undefined || named.size >= MAX_PREPARED) return known ?? {};
    const next = { name: `clapper_${named.size}` };
    named.set(sql, next);
    return next;
  };
}

/** What the server is to do with a client that it hears nothing of, and with a statement that lasts. */
function settings(answerMs: number, isDurable: boolean): string {
  const seconds = Math.max(1, Math.ceil(answerMs / 1000));
  return `
    SET statement_timeout = ${Math.max(1, Math.floor(answerMs * 0.8))};
    SET tcp_keepalives_idle = ${seconds};
    SET tcp_keepalives_interval = ${seconds};
    SET tcp_keepalives_count = 2;
    SET tcp_user_timeout = ${2 * seconds * 1000};
    ${isDurable ? '' : 'SET synchronous_commit = off;'}`;
}

/** Whether the server itself has answered with an error that leaves the connection as it was. */
function isRefusal(cause: unknown): boolean {
  return (
    cause instanceof Error && 'severity' in cause && cause.severity === 'ERROR' && 'code' in cause
  );
}
