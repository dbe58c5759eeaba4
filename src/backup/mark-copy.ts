import { KeyvSqlite } from '@keyv/sqlite';
import { HOLDS_ALL } from '../domain/tasks/restored.ts';
import { writeRecordText } from '../store/records/record-text.ts';
import { copyMark } from '../store/store-origin.ts';

/**
 * Says in a copy that it is one, and of which instant: a bot that starts on it sends nothing that may
 * have been sent since. `path`: a copy on which nobody works.
 */
export async function markCopy(path: string, at: number): Promise<void> {
  const sqlite = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'records' });
  // Every failure also rejects the call it belongs to.
  sqlite.on('error', () => undefined);
  const { key, value } = copyMark({ at, rule: HOLDS_ALL });
  try {
    await sqlite.query(
      `INSERT INTO records (key, value) VALUES (?, ?)
       ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
      [`clapper:${key}`, await writeRecordText({ value })],
    );
  } finally {
    await sqlite.close();
  }
}
