import { setTimeout as wait } from 'node:timers/promises';
import type { SqliteRecords } from '../../store/records/sqlite-records.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import type { Mischief } from './mischief.ts';

type WriteTrouble = 'none' | 'fail' | 'fail-written' | 'slow' | 'kill-before' | 'kill-after';

const WRITE_TROUBLES: Weighted<WriteTrouble> = [
  [920, 'none'],
  [25, 'fail'],
  // The commit stands, but the disk's answer is lost.
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

/** A store whose disk fails, answers late, or is the last thing that the process saw. */
export function stormyRecords(records: SqliteRecords, mischief: Mischief): SqliteRecords {
  let writes = 0;
  let reads = 0;

  const readOrFail = async <T>(read: () => Promise<T>): Promise<T> => {
    reads += 1;
    if (!mischief.isOver() && mischief.dice('read', reads) < READ_FAILS) {
      mischief.tell('store:read-fail');
      throw new DiskFault('disk I/O error');
    }
    return read();
  };
  const writeOrFail = async (what: string, write: () => Promise<void>): Promise<void> => {
    writes += 1;
    const roll = mischief.dice('write', writes);
    const trouble = mischief.isOver() ? 'none' : pick(WRITE_TROUBLES, roll);
    if (trouble === 'kill-before') mischief.kill(`store:kill-before-${what}`);
    if (trouble === 'slow') await wait(SLOW_MS);
    if (trouble === 'fail') {
      mischief.tell(`store:${what}-fail`);
      throw new DiskFault('disk I/O error');
    }
    await write();
    if (trouble === 'kill-after') mischief.kill(`store:kill-after-${what}`);
    if (trouble === 'fail-written') {
      mischief.tell(`store:${what}-fail-written`);
      throw new DiskFault('disk I/O error, after the fact');
    }
  };
  return {
    ...records,
    get: async (key) => readOrFail(async () => records.get(key)),
    getMany: async (keys) => readOrFail(async () => records.getMany(keys)),
    write: async (given) => writeOrFail('write', async () => records.write(given)),
    remove: async (keys) => writeOrFail('remove', async () => records.remove(keys)),
  };
}
