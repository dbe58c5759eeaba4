import { readRecord, writeRecordText } from '../records/record-text.ts';

/** A row as every kind of store can have it: the whole key, and the record as text. */
export interface StoredRow {
  readonly key: string;
  readonly value: string;
}

/** Rows that do not change while they are read. */
export interface RowSource {
  /** Every row once, in the order of the bytes of the keys; each call begins anew. */
  read(): AsyncIterable<readonly StoredRow[]>;
}

/** Where rows are copied to. */
export interface RowTarget extends RowSource {
  /** Adds rows whose keys are not there yet. */
  insert(rows: readonly StoredRow[]): Promise<void>;
}

/** The maximum of rows in one batch, which bounds the memory of a copy. */
export const BATCH_ROWS = 1000;

/**
 * The text of a stored value. What Keyv did not write, which may be bytes or have a NUL in it, becomes
 * a record that is read as the same damaged value, because Postgres could not keep it as it is.
 */
export function portableText(stored: unknown): string | Promise<string> {
  if (typeof stored === 'string' && !stored.includes('\0')) return stored;
  const record = readRecord(stored);
  const hasValue = typeof record === 'object' && record !== null && 'value' in record;
  return writeRecordText({ value: hasValue ? record.value : null });
}
