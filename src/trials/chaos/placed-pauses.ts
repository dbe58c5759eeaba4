import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import { TASK_PREFIX } from '../../store/tasks/task-keys.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import type { MachineFaults } from './machine-faults.ts';

/** Where a process stands still: after the decision that a commit is of, or before what it allows. */
type Place = 'none' | 'before-commit' | 'after-commit';

/** A commit after which a create is sent, and any other one of a task. */
const PLACES: Readonly<Record<'sending' | 'other', Weighted<Place>>> = {
  sending: [
    [70, 'none'],
    [15, 'before-commit'],
    [15, 'after-commit'],
  ],
  other: [
    [94, 'none'],
    [4, 'before-commit'],
    [2, 'after-commit'],
  ],
};

/** How long, in leases: so that others have its slots by then, and mostly work on them. */
const LEASES = { min: 1.3, extra: 0.5 };
/** So many in the life of one process, because rounds must end. */
const MAX_PAUSES = 1;

/**
 * Lets the whole process stand still at commits of tasks, for longer than its lease. That finds a commit
 * without a fence, and a request without a look at the lease; random pauses hardly ever hit these gaps.
 */
export function pausingRecords<R extends RecordStore>(
  records: R,
  machineFaults: MachineFaults,
  leaseMs: number,
): R {
  let commits = 0;
  let pauses = 0;
  return {
    ...records,
    write: async (written, removed = []) => {
      const place = pauses < MAX_PAUSES && !machineFaults.isOver() ? placeOf(written) : 'none';
      if (place !== 'none') pauses += 1;
      const sending = sendingIn(written);
      if (place === 'before-commit') stand(place, []);
      await records.write(written, removed);
      if (place === 'after-commit') stand(place, sending);
    },
  };

  function placeOf(written: readonly StoredRecord[]): Place {
    const tasks = written.filter(({ key }) => key.startsWith(TASK_PREFIX));
    if (tasks.length === 0) return 'none';
    commits += 1;
    const kind = sendingIn(tasks).length > 0 ? 'sending' : 'other';
    return pick(PLACES[kind], machineFaults.dice('placed', commits));
  }

  function stand(place: Exclude<Place, 'none'>, sending: readonly string[]): void {
    const ms = leaseMs * (LEASES.min + LEASES.extra * machineFaults.dice('stands', commits));
    const of = sending.length === 0 ? '' : `-sending-${sending.join('+')}`;
    machineFaults.report(`many:stands-${place}-for-${Math.round(ms)}-ms${of}`);
    // Nothing of the process runs meanwhile, no timer and no answer.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  }
}

/** The tasks that may be sent once this is written. */
function sendingIn(written: readonly StoredRecord[]): string[] {
  return written.flatMap(({ key, value }) => {
    const task = key.startsWith(TASK_PREFIX) ? openRecordSchema.safeParse(value).data : undefined;
    return task?.stage.name === 'submitting' ? [task.id] : [];
  });
}
