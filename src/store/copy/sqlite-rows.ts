import type { KeyvSqlite } from '@keyv/sqlite';
import { z } from 'zod';
import { TABLE } from '../records/sqlite-adapter.ts';
import { BATCH_ROWS, portableText } from './stored-row.ts';
import type { RowTarget, StoredRow } from './stored-row.ts';

const rowsSchema = z.array(z.object({ key: z.string(), value: z.unknown() }));

/** Rows without a text as key are none of the bot's. */
const SELECT = `SELECT key, value FROM ${TABLE} WHERE typeof(key) = 'text'`;

/** The rows of a SQLite store that is not written to meanwhile. */
export function sqliteRows(sqlite: Pick<KeyvSqlite, 'query'>): RowTarget {
  return {
    async *read() {
      let last: string | undefined;
      for (;;) {
        const rows = rowsSchema.parse(
          last === undefined
            ? await sqlite.query(`${SELECT} ORDER BY key LIMIT ${BATCH_ROWS}`)
            : await sqlite.query(`${SELECT} AND key > ? ORDER BY key LIMIT ${BATCH_ROWS}`, last),
        );
        if (rows.length === 0) return;
        yield await asStored(rows);
        last = rows.at(-1)?.key;
      }
    },
    async insert(rows) {
      if (rows.length === 0) return;
      const placeholders = rows.map(() => '(?, ?)').join(', ');
      await sqlite.query(
        `INSERT INTO ${TABLE} (key, value) VALUES ${placeholders}`,
        rows.flatMap(({ key, value }) => [key, value]),
      );
    },
  };
}

async function asStored(rows: z.output<typeof rowsSchema>): Promise<StoredRow[]> {
  const stored: StoredRow[] = [];
  for (const { key, value } of rows) {
    const text = portableText(value);
    // A wait for each row would cost more than its text.
    stored.push({ key, value: typeof text === 'string' ? text : await text });
  }
  return stored;
}
