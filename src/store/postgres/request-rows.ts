import { z } from 'zod';
import type { Ask } from './schema.ts';

/** The rows of requests of the operator; what is in them is not known here. */
export interface RequestRows {
  list(): Promise<readonly { readonly id: string; readonly state: string }[]>;
  put(id: string, state: string, body: string): Promise<void>;
  /** `undefined` if it is missing, or has more than `maxBytes`. */
  read(id: string, state: string, maxBytes: number): Promise<string | undefined>;
  /** False if there is no row in the state `from`, which only one of several callers finds. */
  change(id: string, from: string, to: string): Promise<boolean>;
  /** False if there is no such row. */
  remove(id: string, state: string): Promise<boolean>;
}

const PUT = `
  INSERT INTO operator_request (id, state, body) VALUES ($1, $2, $3)
  ON CONFLICT (id, state) DO UPDATE SET body = excluded.body`;

const listed = z.array(z.object({ id: z.string(), state: z.string() }));
const bodies = z.array(z.object({ body: z.string() }));

export function createRequestRows(ask: Ask): RequestRows {
  return {
    list: async () =>
      listed.parse(await ask('SELECT id, state FROM operator_request ORDER BY id LIMIT 1000')),
    async put(id, state, body) {
      await ask(PUT, [id, state, body]);
    },
    async read(id, state, maxBytes) {
      const rows = await ask(
        'SELECT body FROM operator_request WHERE id = $1 AND state = $2 AND octet_length(body) <= $3',
        [id, state, maxBytes],
      );
      return bodies.parse(rows)[0]?.body;
    },
    change: async (id, from, to) =>
      isAny(
        await ask(
          'UPDATE operator_request SET state = $3 WHERE id = $1 AND state = $2 RETURNING id',
          [id, from, to],
        ),
      ),
    remove: async (id, state) =>
      isAny(
        await ask('DELETE FROM operator_request WHERE id = $1 AND state = $2 RETURNING id', [
          id,
          state,
        ]),
      ),
  };
}

const isAny = (rows: readonly unknown[]): boolean => rows.length > 0;
