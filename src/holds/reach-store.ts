import { stat } from 'node:fs/promises';
import type { RecordReader } from '../app/ports/record-store-port.ts';
import { createRequestFiles } from '../bot/operator-requests/request-files.ts';
import type { RequestBox } from '../bot/operator-requests/request-box.ts';
import { createRowBox } from '../bot/operator-requests/row-box.ts';
import type { Config } from '../config/config.ts';
import { hasRecords } from '../store/postgres/has-records.ts';
import { placeOf } from '../store/postgres/place-of.ts';
import { createRecordReader } from '../store/postgres/read-records.ts';
import { createRequestRows } from '../store/postgres/request-rows.ts';
import { connectTool } from '../store/postgres/tool-connection.ts';
import { openSqliteRecords } from '../store/records/sqlite-records.ts';
import { holdsTexts as texts } from './texts.ts';

/** A store that is read beside a running bot, if one runs, and the box of requests for that. */
export interface ReachedStore {
  /** Its address for people. */
  readonly place: string;
  readonly records: RecordReader;
  readonly box: RequestBox;
  readonly close: () => Promise<void>;
}

/** Opens the store without making one. Rejects with advice if there is none. */
export async function reachStore({ store, dataDir }: Config): Promise<ReachedStore> {
  if (store.kind === 'sqlite') {
    await checkThere(store.path);
    const records = await openSqliteRecords(store.path);
    const box = createRequestFiles(dataDir);
    return { place: store.path, records, box, close: async () => records.close() };
  }
  const place = placeOf(store.url);
  const { ask, close } = await connectTool(store.url);
  try {
    if (!(await hasRecords(ask))) throw new Error(texts.noStore(place));
    const box = createRowBox(createRequestRows(ask));
    return { place, records: createRecordReader(ask), box, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** Opening a missing file would create it. */
async function checkThere(path: string): Promise<void> {
  try {
    if ((await stat(path)).size > 0) return;
  } catch (cause) {
    throw new Error(texts.noStore(path), { cause });
  }
  throw new Error(texts.emptyStore(path));
}
