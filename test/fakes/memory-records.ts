import type { RecordStore } from '../../src/app/ports/record-store-port.ts';

export interface MemoryRecords extends RecordStore {
  readonly byKey: Map<string, unknown>;
  /** Calls to come that are refused, whatever they ask. */
  failures: number;
  /** Changes to come that are written, although the disk says that they are not. */
  lostAnswers: number;
}

/** Records in memory, as JSON as on disk. */
export function memoryRecords(): MemoryRecords {
  const byKey = new Map<string, unknown>();
  const answer = <T>(work: () => T): T => {
    if (records.failures > 0) {
      records.failures -= 1;
      throw new Error('disk full');
    }
    return work();
  };
  const change = (work: () => void): void => {
    answer(work);
    if (records.lostAnswers > 0) {
      records.lostAnswers -= 1;
      throw new Error('disk error, after the fact');
    }
  };
  const records: MemoryRecords = {
    byKey,
    failures: 0,
    lostAnswers: 0,
    get: async (key) => answer(() => byKey.get(key)),
    getMany: async (keys) => answer(() => keys.map((key) => byKey.get(key))),
    write: async (written, removed = []) =>
      change(() => {
        for (const { key, value } of written) {
          const stored: unknown = JSON.parse(JSON.stringify(value));
          byKey.set(key, stored);
        }
        for (const key of removed) byKey.delete(key);
      }),
    remove: async (keys) =>
      change(() => {
        for (const key of keys) byKey.delete(key);
      }),
    keysUnder: async (prefix, { from, before, limit = Infinity, isFromEnd = false } = {}) =>
      answer(() =>
        [...byKey.keys()]
          .filter((key) => key.startsWith(prefix))
          .filter(
            (key) => (from === undefined || key >= from) && (before === undefined || key < before),
          )
          .toSorted()
          .slice(...(isFromEnd ? [-limit] : [0, limit])),
      ),
  };
  return records;
}
