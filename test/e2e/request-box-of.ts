import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createRequestFiles } from '../../src/bot/operator-requests/request-files.ts';
import type { RequestBox } from '../../src/bot/operator-requests/request-box.ts';
import { createRowBox } from '../../src/bot/operator-requests/row-box.ts';
import { createRecordReader } from '../../src/store/postgres/read-records.ts';
import { createRequestRows } from '../../src/store/postgres/request-rows.ts';
import { readOrigin } from '../../src/store/store-origin.ts';
import { askAt } from '../fakes/on-postgres.ts';
import type { BotTestbed } from './bot-testbed.ts';

/** The box of the operator's requests of a testbed, and what its store is called there. */
export async function requestBoxOf({
  env,
  folder,
}: BotTestbed): Promise<{ readonly box: RequestBox; readonly store: string }> {
  const url = env['STORE_URL'] ?? '';
  if (!url.startsWith('postgres:')) {
    const store = realpathSync(join(folder, 'clapper.sqlite'));
    return { box: createRequestFiles(folder), store };
  }
  const ask = async (sql: string, values?: readonly unknown[]) => askAt(url, sql, values);
  const { storeId } = await readOrigin(createRecordReader(ask));
  return { box: createRowBox(createRequestRows(ask)), store: `postgres:${storeId}` };
}
