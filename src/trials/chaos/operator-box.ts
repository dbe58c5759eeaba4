import { createRequestFiles } from '../../bot/operator-requests/request-files.ts';
import type { RequestBox } from '../../bot/operator-requests/request-box.ts';
import { createRowBox } from '../../bot/operator-requests/row-box.ts';
import { storeName } from '../../bot/operator-requests/store-name.ts';
import { createRequestRows } from '../../store/postgres/request-rows.ts';
import { connectTool } from '../../store/postgres/tool-connection.ts';
import { readOrigin } from '../../store/store-origin.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { patiently } from './patiently.ts';
import { openForReading, storeOf } from './read-store.ts';

/** Where the operator leaves requests for the bot of a round, and finds the answers. */
export function operatorBox(
  testbed: Pick<Testbed, 'env' | 'folder'>,
): Pick<RequestBox, 'put' | 'readAnswer'> {
  const store = storeOf(testbed);
  if (store.kind === 'sqlite') return createRequestFiles(testbed.folder);
  const inRows = async <T>(work: (box: RequestBox) => Promise<T>): Promise<T> =>
    patiently(async () => {
      const { ask, close } = await connectTool(store.url);
      try {
        return await work(createRowBox(createRequestRows(ask)));
      } finally {
        await close();
      }
    });
  return {
    put: async (request) => inRows(async (box) => box.put(request)),
    readAnswer: async (id) => inRows(async (box) => box.readAnswer(id)),
  };
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
