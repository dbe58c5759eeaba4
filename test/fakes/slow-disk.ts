import type { RecordStore } from '../../src/app/ports/record-store-port.ts';

/** A disk whose reads or writes of some keys can be made to hang, or to fail. */
export interface SlowDisk {
  readonly disk: (records: RecordStore) => RecordStore;
  /** From now on what concerns these keys waits. */
  hang(what: 'reads' | 'writes', prefixes: readonly string[]): void;
  /** From now on it fails. */
  fail(what: 'reads' | 'writes', prefixes: readonly string[]): void;
  /** What waits goes on, and so does all that comes. */
  goOn(): void;
}

/** Creates a disk that is as fast as the one below it until it is told otherwise. */
export function slowDisk(): SlowDisk {
  let trouble: { kind: 'hang' | 'fail'; what: string; prefixes: readonly string[] } | undefined;
  let waiting: (() => void)[] = [];

  async function pass(what: 'reads' | 'writes', keys: readonly string[]): Promise<void> {
    if (trouble?.what !== what) return;
    const { kind, prefixes } = trouble;
    if (!keys.some((key) => prefixes.some((prefix) => key.startsWith(prefix)))) return;
    if (kind === 'fail') throw new Error('disk gone');
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  }

  return {
    disk: (records) => ({
      async get(key) {
        await pass('reads', [key]);
        return records.get(key);
      },
      async getMany(keys) {
        await pass('reads', keys);
        return records.getMany(keys);
      },
      async keysUnder(prefix, range) {
        await pass('reads', [prefix]);
        return records.keysUnder(prefix, range);
      },
      async write(written, removed = []) {
        await pass('writes', [...written.map(({ key }) => key), ...removed]);
        return records.write(written, removed);
      },
      async remove(keys) {
        await pass('writes', keys);
        return records.remove(keys);
      },
    }),
    hang(what, prefixes) {
      trouble = { kind: 'hang', what, prefixes };
    },
    fail(what, prefixes) {
      trouble = { kind: 'fail', what, prefixes };
    },
    goOn() {
      trouble = undefined;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}
