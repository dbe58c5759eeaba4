import { isDeepStrictEqual } from 'node:util';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { Posting } from '../../app/ports/ledger-port.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';

/** How long to wait before reading a failed commit back once more, in milliseconds. */
const READ_BACK_RETRY_MS = 250;

export interface WriteForSureDeps {
  readonly records: Pick<RecordStore, 'write' | 'getMany'>;
  readonly log: Log;
  readonly clock: Pick<Clock, 'after'>;
}

/** The rows of one commit, first those of its postings. */
export interface Commit {
  readonly rows: readonly StoredRecord[];
  readonly removed: readonly string[];
}

/**
 * Resolves if the commit is on disk, and rejects if it is not. A failed write may have reached the
 * disk nevertheless; if it were reported as failed, the caller would post again and count twice, or
 * tell a member that nothing began.
 */
export async function writeForSure(
  deps: WriteForSureDeps,
  postings: readonly Posting[],
  { rows, removed }: Commit,
): Promise<void> {
  try {
    await deps.records.write(rows, removed);
  } catch (cause) {
    if (!(await isOnDisk(deps, postings, rows))) throw cause;
    deps.log.warn({ err: cause }, 'a commit was reported as failed but is on disk');
  }
}

/**
 * Judged by one row, because a commit is atomic. The first record of a task has a key of its own, so
 * it is enough that it is there: another process may own the task and have changed it by now. Else it
 * is the first row, in which a task includes the money that the posting changed.
 */
async function isOnDisk(
  deps: WriteForSureDeps,
  postings: readonly Posting[],
  [row]: readonly StoredRecord[],
): Promise<boolean> {
  const first = postings.find(({ reservation }) => reservation !== undefined)?.records[0];
  if (first !== undefined) return (await readBack(deps, first.key)) !== undefined;
  if (row === undefined) return false;
  const expected: unknown = JSON.parse(JSON.stringify(row.value));
  return isDeepStrictEqual(await readBack(deps, row.key), expected);
}

/** Reads a record, however long it takes. */
async function readBack({ records, log, clock }: WriteForSureDeps, key: string): Promise<unknown> {
  for (;;) {
    try {
      const [value] = await records.getMany([key]);
      return value;
    } catch (cause) {
      log.error({ err: cause }, 'a failed commit could not be read back; trying again');
      await new Promise<void>((resolve) => void clock.after(READ_BACK_RETRY_MS, resolve));
    }
  }
}
