import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/app/system-clock.ts';
import type { Intent, IntentLog } from '../../src/app/ports/intent-log-port.ts';
import { intentFolder } from '../../src/store/intents/intent-files.ts';
import { openIntentLines } from '../../src/store/intents/intent-lines.ts';
import { createPostgresIntents } from '../../src/store/postgres/postgres-intents.ts';
import { openPostgresRecords } from '../../src/store/postgres/postgres-records.ts';
import type { Cipher } from '../../src/store/records/cipher.ts';
import type { StoreAddress } from '../../src/store/store-address.ts';
import { recordingLog } from './log.ts';

export interface IntentsPlace {
  readonly store: StoreAddress;
  readonly storeId: string;
  readonly dataDir: string;
  readonly cipher: Cipher;
}

/** Calls with the intents as a process has them that is started on a store. */
export async function withIntents<T>(
  { store, storeId, dataDir, cipher }: IntentsPlace,
  work: (intents: IntentLog) => Promise<T>,
): Promise<T> {
  const deps = { cipher, log: recordingLog() };
  if (store.kind === 'sqlite') {
    const folder = intentFolder(dataDir, storeId);
    const lines = await openIntentLines({ ...deps, folder, elapsed: () => 0 });
    const result = await work(lines);
    lines.end();
    return result;
  }
  const { url } = store;
  const newMember = randomUUID;
  const records = await openPostgresRecords({
    url,
    instance: 'one',
    clock: systemClock,
    newMember,
  });
  const result = await work(createPostgresIntents({ ...deps, light: records.light }));
  await records.close();
  return result;
}

/** What a start finds, the oldest first. */
export async function intentsAt(place: IntentsPlace): Promise<readonly Intent[]> {
  const found = await withIntents(place, async (intents) => intents.leftOver());
  return found.toSorted((one, other) => one.at - other.at);
}
