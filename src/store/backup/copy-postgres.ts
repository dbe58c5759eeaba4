import type { RecordReader } from '../../app/ports/record-store-port.ts';
import { isOperatorAccount } from '../../domain/ledger/account-key.ts';
import { copyRows } from '../copy/copy-rows.ts';
import { operatorAccountsFor } from '../copy/operator-accounts.ts';
import { atOneMoment } from '../copy/postgres-rows.ts';
import { sqliteRows } from '../copy/sqlite-rows.ts';
import type { StoredRow } from '../copy/stored-row.ts';
import { hasRecords } from '../postgres/has-records.ts';
import { MEDIA_MARK_KEY } from '../media-mark.ts';
import { placeOf } from '../postgres/place-of.ts';
import { connectTool } from '../postgres/tool-connection.ts';
import { createRecordReader } from '../postgres/read-records.ts';
import { NAMESPACE, rowsOf } from '../records/record-rows.ts';
import { TABLE } from '../records/sqlite-adapter.ts';
import { connectToSqlite } from '../records/sqlite-connection.ts';
import { copyTexts } from './texts.ts';

const OF_ITS_PLACE: ReadonlySet<string> = new Set(['meta:server', MEDIA_MARK_KEY]);

/** What tells a database from another one is not true of a file; the operator has one account there. */
function isCopied(whole: string): boolean {
  const key = whole.slice(NAMESPACE.length + 1);
  return !whole.startsWith(`${NAMESPACE}:`) || !(OF_ITS_PLACE.has(key) || isOperatorAccount(key));
}

/**
 * Copies a store on Postgres into the empty file `part`, in the form of a store on SQLite, and compares
 * the two. It reads as of one moment and locks nothing, so that a bot goes on meanwhile.
 */
export async function copyPostgres(url: string, part: string): Promise<void> {
  const { ask, close } = await connectTool(url);
  try {
    if (!(await hasRecords(ask))) throw new Error(copyTexts.noTables(placeOf(url)));
    const sqlite = connectToSqlite(part, { table: TABLE });
    try {
      // A copy that is cut off is thrown away, and a whole one is flushed before it gets its name.
      await sqlite.query('PRAGMA journal_mode = OFF');
      await sqlite.query('PRAGMA synchronous = OFF');
      await sqlite.query('BEGIN');
      const target = sqliteRows(sqlite);
      await atOneMoment(ask, async (rows) => {
        await copyRows(rows, target, isCopied);
        await target.insert(await rowsFor(createRecordReader(ask)));
      });
      await sqlite.query('COMMIT');
    } finally {
      await sqlite.close();
    }
  } finally {
    await close();
  }
}

async function rowsFor(records: RecordReader): Promise<StoredRow[]> {
  const rows = await rowsOf(await operatorAccountsFor('sqlite', records), []);
  return rows.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }]));
}
