import { z } from 'zod';
import { keyOf, keyText } from '../postgres/key-text.ts';
import type { Ask } from '../postgres/schema.ts';
import { BATCH_ROWS } from './stored-row.ts';
import type { RowSource, RowTarget } from './stored-row.ts';

const rowsSchema = z.array(z.object({ key: z.string(), value: z.string() }));

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * The rows of a Postgres store. Outside of `atOneMoment` each reading is one of its own moment, so
 * nothing may write meanwhile.
 */
export function postgresRows(ask: Ask): RowTarget {
  return {
    async *read() {
      await ask(BEGIN);
      try {
        yield* cursorRows(ask);
      } finally {
        await end(ask);
      }
    },
    async insert(rows) {
      // A quarter of the time of one array for each column, and little more than COPY takes.
      const places = rows.map((_, index) => `($${2 * index + 1}, $${2 * index + 2})`);
      await ask(
        `INSERT INTO records (key, value) VALUES ${places.join(', ')}`,
        rows.flatMap(({ key, value }) => [keyText(key), value]),
      );
    },
  };
}

/** Calls with the rows as they are at one moment, also while a bot writes, however often they are read. */
export async function atOneMoment<T>(ask: Ask, work: (rows: RowSource) => Promise<T>): Promise<T> {
  await ask(BEGIN);
  try {
    return await work({ read: () => cursorRows(ask) });
  } finally {
    await end(ask);
  }
}

/** Nothing was written; where the connection broke, what broke it is reported. */
async function end(ask: Ask): Promise<void> {
  await ask('ROLLBACK').catch(() => undefined);
}

/** Reads by a cursor, so that only one batch is in memory. */
async function* cursorRows(ask: Ask) {
  // The work between two batches may take longer than the server lets others wait.
  await ask('SET LOCAL idle_in_transaction_session_timeout = 0');
  await ask('DECLARE copied NO SCROLL CURSOR FOR SELECT key, value FROM records ORDER BY key');
  for (;;) {
    const rows = rowsSchema.parse(await ask(`FETCH ${BATCH_ROWS} FROM copied`));
    if (rows.length === 0) break;
    yield rows.map(({ key, value }) => ({ key: keyOf(key), value }));
  }
  await ask('CLOSE copied');
}
