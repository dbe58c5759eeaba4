import { HOLDS_ALL } from '../../domain/tasks/restored.ts';
import { writeRecordText } from '../records/record-text.ts';
import { TABLE } from '../records/sqlite-adapter.ts';
import { connectToSqlite } from '../records/sqlite-connection.ts';
import { copyMark } from '../store-origin.ts';

/**
 * Marks a copy as one, with its time, so that a bot that starts on it does not send requests that
 * may have been sent since. The copy at `path` must not be in use.
 */
export async function markCopy(path: string, at: number): Promise<void> {
  const sqlite = connectToSqlite(path, { table: TABLE });
  const { key, value } = copyMark({ at, rule: HOLDS_ALL });
  try {
    await sqlite.query(
      `INSERT INTO ${TABLE} (key, value) VALUES (?, ?)
       ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
      [`clapper:${key}`, await writeRecordText({ value })],
    );
  } finally {
    await sqlite.close();
  }
}
