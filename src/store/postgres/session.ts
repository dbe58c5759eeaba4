import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { SCHEMA } from './schema.ts';

/** How long a connection may take to be there, and a statement to be answered, in milliseconds. */
const CONNECT_MS = 2000;
const ANSWER_MS = 10_000;

/** What opens sessions. */
export interface SessionOptions {
  /** `postgres://…`, with a password in it. */
  readonly url: string;
  /** The name of this process among those of the database. */
  readonly instance: string;
  /** An id that no session ever had. */
  readonly newMember: () => string;
}

/**
 * One membership of a database: two connections, one of which only commits, so that no read waits for a
 * flush, and a row by which every commit is fenced. When one of them breaks, both are over.
 */
export interface PostgresSession {
  readonly member: string;
  /** Whether it was closed or has broken. */
  isOver(): boolean;
  read(sql: string, values: readonly unknown[]): Promise<readonly unknown[]>;
  commit(sql: string, values: readonly unknown[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/**
 * Opens a session as a new member, after it has put an end to the one before it: the removal of that
 * one's row waits for a commit of it that still runs, and lets none begin any more. So what is read
 * from here on is what stands.
 */
export async function openSession(
  { url, instance, newMember }: SessionOptions,
  before?: string,
): Promise<PostgresSession> {
  const member = newMember();
  const config: ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    application_name: `clapper ${instance}`,
  };
  const clients = [new Client(config), new Client(config)] as const;
  const [commits, reads] = clients;
  let isOver = false;
  const end = async (): Promise<void> => {
    isOver = true;
    await Promise.allSettled(clients.map(async (client) => client.end()));
  };
  for (const client of clients) {
    // Each call on it fails as well; an unhandled event would end the process.
    client.on('error', () => void end());
    client.on('end', () => void end());
  }
  const ask = async (
    client: Client,
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<readonly unknown[]> => {
    if (isOver) throw new Error('the connection to the database is over');
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
      return rows;
    } catch (cause) {
      // After a time-out nothing is known of the connection, so it is not used any more.
      if (!isRefusal(cause)) await end();
      throw cause;
    }
  };
  try {
    await Promise.all(clients.map(async (client) => client.connect()));
    await ask(commits, SCHEMA);
    if (before !== undefined) await ask(commits, 'DELETE FROM member WHERE id = $1', [before]);
    await ask(commits, 'INSERT INTO member (id, instance) VALUES ($1, $2)', [member, instance]);
  } catch (cause) {
    await end();
    throw cause;
  }
  return {
    member,
    isOver: () => isOver,
    read: async (sql, values) => ask(reads, sql, values),
    commit: async (sql, values) => ask(commits, sql, values),
    async close() {
      if (!isOver) await ask(commits, 'DELETE FROM member WHERE id = $1', [member]);
      await end();
    },
  };
}

/** Whether the server itself has answered with an error that leaves the connection as it was. */
function isRefusal(cause: unknown): boolean {
  return (
    cause instanceof Error && 'severity' in cause && cause.severity === 'ERROR' && 'code' in cause
  );
}
