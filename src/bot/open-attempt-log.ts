import { rm } from 'node:fs/promises';
import type { Log } from '../app/ports/core.ts';
import type { AttemptLog } from '../app/ports/attempt-log-port.ts';
import type { IntentLog } from '../app/ports/intent-log-port.ts';
import { quarantineRecord } from '../store/records/quarantine.ts';
import type { StoreOrigin } from '../app/ports/store-origin-port.ts';
import { attemptFilesOf, linesOfOthers } from '../store/attempt-files.ts';
import type { AttemptFiles } from '../store/attempt-files.ts';
import { createAttemptLog } from '../store/attempt-log.ts';
import { intentFolder } from '../store/intents/intent-files.ts';
import { openIntentLines } from '../store/intents/intent-lines.ts';
import type { Cipher } from '../store/records/cipher.ts';
import { openLineFile } from '../store/line-file.ts';
import type { LineFile } from '../store/line-file.ts';
import { ORIGIN_KEY, createStoreOrigin, readOrigin } from '../store/store-origin.ts';
import { bestKnownTime } from './bot-context.ts';
import type { StoreContext } from './bot-context.ts';
import type { OpenedRecords } from './opened-records.ts';

export interface AttemptLogAndOrigin {
  readonly attemptLog: AttemptLog;
  readonly attemptFiles: AttemptFiles;
  readonly origin: StoreOrigin;
  readonly storeId: string;
}

/** Opens this store's attempt log in `DATA_DIR`. Rejects with advice if it cannot be opened. */
export async function openAttemptLog(
  context: StoreContext,
  { records, shared }: Pick<OpenedRecords, 'records' | 'shared'>,
): Promise<AttemptLogAndOrigin> {
  const { config, log, resources } = context;
  const { now } = bestKnownTime(context);
  const known = await readOrigin(records);
  if (known.id === 'lost') {
    const damaged = { key: ORIGIN_KEY, value: await records.get(ORIGIN_KEY) };
    await records.write([quarantineRecord(damaged, now())]);
    log.error({ record: ORIGIN_KEY }, 'damaged record quarantined: the store gets a new id');
  }
  const files = attemptFilesOf(config.dataDir, known.storeId, shared?.instance);
  const file = await openFile(files.own);
  resources.own('attempt log', async () => file.close());
  const attemptLog = createAttemptLog(file, log, () => linesOfOthers(files));
  const origin = createStoreOrigin(records, attemptLog, { ...known, server: shared?.server }, now);
  return { attemptLog, attemptFiles: files, origin, storeId: known.storeId };
}

interface IntentsOf extends Pick<OpenedRecords, 'shared'> {
  readonly cipher: Cipher;
  readonly storeId: string;
}

/**
 * Opens this store's intents, which a store in a file has in `DATA_DIR`. Rejects with advice if they
 * cannot be opened.
 */
export async function openIntents(
  { config, log, resources, clock }: StoreContext,
  { cipher, storeId, shared }: IntentsOf,
): Promise<IntentLog> {
  const folder = intentFolder(config.dataDir, storeId);
  if (shared !== undefined) {
    await removeMoved(folder, log);
    return shared.createIntents(cipher);
  }
  try {
    const elapsed = (): number => clock.elapsed();
    const intents = await openIntentLines({ folder, cipher, log, elapsed });
    resources.own('intents', async () => {
      intents.end();
    });
    return intents;
  } catch (cause) {
    throw new Error(
      `the log of replies about to be sent cannot be opened; check that DATA_DIR exists and is writable (${folder})`,
      { cause },
    );
  }
}

/** What the store had there while it was in a file: the move has copied it. */
async function removeMoved(folder: string, log: Log): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (cause) {
    log.warn({ err: cause, folder }, 'intents that were moved could not be removed');
  }
}

async function openFile(path: string): Promise<LineFile> {
  try {
    return await openLineFile(path);
  } catch (cause) {
    throw new Error(
      `the log of what was sent to providers cannot be opened; check that DATA_DIR exists and is writable (${path})`,
      { cause },
    );
  }
}
