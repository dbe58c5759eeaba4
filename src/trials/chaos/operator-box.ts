import { createRequestFiles } from '../../bot/operator-requests/request-files.ts';
import type { RequestBox } from '../../bot/operator-requests/request-box.ts';
import { storeName } from '../../bot/operator-requests/store-name.ts';
import { readOrigin } from '../../store/store-origin.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { openForReading, storeOf } from './read-store.ts';

/** Where the operator leaves requests for the bot of a round, and finds the answers. */
export function operatorBox({ folder }: Pick<Testbed, 'folder'>): RequestBox {
  return createRequestFiles(folder);
}

/** What names the store of a round in a request. */
export async function storeNameOf(testbed: Pick<Testbed, 'env' | 'folder'>): Promise<string> {
  const store = storeOf(testbed);
  if (store.kind === 'sqlite') return storeName(store, '');
  const records = await openForReading(store);
  try {
    return await storeName(store, (await readOrigin(records)).storeId);
  } finally {
    await records.close();
  }
}
