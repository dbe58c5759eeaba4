import { Client } from 'pg';
import type { Ask } from './schema.ts';

/** How long a connection may take to be there, and a statement to be answered, in milliseconds. */
const CONNECT_MS = 5000;
const ANSWER_MS = 120_000;

/** One connection of a tool, which is no member. */
export interface ToolConnection {
  readonly ask: Ask;
  readonly close: () => Promise<void>;
}

/** Connects to a database. Rejects if it cannot be reached; no message has the password in it. */
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
  await client.connect();
  return {
    async ask(sql, values) {
      const given = values === undefined ? undefined : [...values];
      return (await client.query<Record<string, unknown>>(sql, given)).rows;
    },
    close: async () => client.end(),
  };
}
