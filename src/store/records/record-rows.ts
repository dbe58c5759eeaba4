import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import type { Row } from './group-commit.ts';
import { writeRecordText } from './record-text.ts';

/** Before every key of the bot, in every kind of store, so that rows can move from one to another. */
export const NAMESPACE = 'clapper';

/** The rows of one batch: records as text, and keys to remove without a value. */
export async function rowsOf(
  records: readonly StoredRecord[],
  removed: readonly string[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { key, value } of records) {
    const text = writeRecordText({ value });
    // Only what Keyv writes is a promise; a wait for each row would cost more than its text.
    rows.push({ key: `${NAMESPACE}:${key}`, value: typeof text === 'string' ? text : await text });
  }
  return [...rows, ...removed.map((key) => ({ key: `${NAMESPACE}:${key}`, value: undefined }))];
}
