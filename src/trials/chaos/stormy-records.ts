import { setTimeout as wait } from 'node:timers/promises';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import type { MachineFaults } from './machine-faults.ts';

type WriteTrouble = 'none' | 'fail' | 'fail-written' | 'slow' | 'kill-before' | 'kill-after';

const WRITE_TROUBLES: Weighted<WriteTrouble> = [
  [920, 'none'],
  [25, 'fail'],
  // The commit is written, but the disk's answer is lost.
  [5, 'fail-written'],
  [20, 'slow'],
  [15, 'kill-before'],
  [15, 'kill-after'],
];
const READ_FAILS = 0.006;
const SLOW_MS = 150;

class DiskFault extends Error {
  readonly code = 'SQLITE_IOERR';
}

/** Wraps a store whose disk may fail or answer late, or that kills the process at a write. */
export function stormyRecords<R extends RecordStore>(records: R, machineFaults: MachineFaults): R {
  let writes = 0;
  let reads = 0;

  const readOrFail = async <T>(read: () => Promise<T>): Promise<T> => {
    reads += 1;
    if (!machineFaults.isOver() && machineFaults.dice('read', reads) < READ_FAILS) {
      machineFaults.report('store:read-fail');
      throw new DiskFault('disk I/O error');
    }
    return read();
  };
  const writeOrFail = async (what: string, write: () => Promise<void>): Promise<void> => {
    writes += 1;
    const roll = machineFaults.dice('write', writes);
    const trouble = machineFaults.isOver() ? 'none' : pick(WRITE_TROUBLES, roll);
    if (trouble === 'kill-before') machineFaults.kill(`store:kill-before-${what}`);
    if (trouble === 'slow') await wait(SLOW_MS);
    if (trouble === 'fail') {
      machineFaults.report(`store:${what}-fail`);
      throw new DiskFault('disk I/O error');
    }
    await write();
    if (trouble === 'kill-after') machineFaults.kill(`store:kill-after-${what}`);
    if (trouble === 'fail-written') {
      machineFaults.report(`store:${what}-fail-written`);
      throw new DiskFault('disk I/O error, after the fact');
    }
  };
  return {
    ...records,
    get: async (key) => readOrFail(async () => records.get(key)),
    getMany: async (keys) => readOrFail(async () => records.getMany(keys)),
    write: async (...given) => writeOrFail('write', async () => records.write(...given)),
    remove: async (keys) => writeOrFail('remove', async () => records.remove(keys)),
  };
}
