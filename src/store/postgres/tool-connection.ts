import { Client } from 'pg';
import { connectionFault } from './connection-faults.ts';
import type { Ask } from './schema.ts';

/** How long a connection may take to be there, and a statement to be answered, in milliseconds. */
const CONNECT_MS = 5000;
const ANSWER_MS = 120_000;

/** One connection of a tool, which is no member. */
export interface ToolConnection {
  readonly ask: Ask;
  readonly close: () => Promise<void>;
}

/** Connects to a database. Rejects with advice if it cannot be reached. */
export async function connectTool(url: string): Promise<ToolConnection> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    application_name: 'clapper tool',
  });
  // Each call on it fails as well; an unhandled event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw connectionFault(cause);
  }
  return {
    async ask(sql, values) {
      const given = values === undefined ? undefined : [...values];
      return (await client.query<Record<string, unknown>>(sql, given)).rows;
    },
    close: async () => client.end(),
  };
}
