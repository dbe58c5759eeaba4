import type { RecordReader } from '../app/ports/record-store-port.ts';
import { hasOperatorCost, isHeldForOperator } from '../domain/ledger/money-sides.ts';
import { openRecordSchema } from '../domain/tasks/task.ts';
import type { Task } from '../domain/tasks/task.ts';
import { HELD_PREFIX, taskKey } from '../store/tasks/task-keys.ts';

export interface Holds {
  /** Tasks held for the operator in all guilds: those without an amount first, then by age. */
  readonly tasks: readonly Task[];
  /** Ids of tasks that are marked as held but cannot be read. */
  readonly unreadable: readonly string[];
}

/**
 * Reads the holds, also while a bot runs. Writes nothing, quarantines nothing, and needs no key.
 */
export async function readHolds(records: RecordReader): Promise<Holds> {
  const markers = await records.keysUnder(HELD_PREFIX);
  const ids = markers.map((marker) => marker.slice(marker.lastIndexOf(':') + 1));
  const values = await records.getMany(ids.map(taskKey));
  const unreadable: string[] = [];
  const tasks = values.flatMap((value, index): Task[] => {
    const parsed = openRecordSchema.safeParse(value);
    if (parsed.success) return [{ ...parsed.data, secrets: {} }];
    // The task of a marker may be quarantined or deleted.
    if (value !== undefined) unreadable.push(ids[index] ?? '');
    return [];
  });
  return { tasks: inOrder(tasks.filter(isHeldForOperator)), unreadable };
}

function inOrder(tasks: readonly Task[]): Task[] {
  return tasks.toSorted(
    (a, b) =>
      Number(hasOperatorCost(a)) - Number(hasOperatorCost(b)) || a.acceptedAt - b.acceptedAt,
  );
}
