import type { RecordStore } from '../../app/ports/record-store-port.ts';

/** A store, and whether it takes what is written to it. */
export interface WatchedRecords<Records extends RecordStore> {
  readonly records: Records;
  /** Whether the last write that ended has failed. */
  readonly areWritesFailing: () => boolean;
}

/** Watches the writes of a store. */
export function watchWrites<Records extends RecordStore>(store: Records): WatchedRecords<Records> {
  let isFailing = false;
  return {
    areWritesFailing: () => isFailing,
    records: {
      ...store,
      async write(...given: Parameters<RecordStore['write']>) {
        try {
          await store.write(...given);
          isFailing = false;
        } catch (cause) {
          isFailing = true;
          throw cause;
        }
      },
    },
  };
}
