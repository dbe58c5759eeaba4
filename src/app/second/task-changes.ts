import type { Task } from '../../domain/tasks/task.ts';
import type { TaskStore } from '../ports/core.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import { tenureToWrite } from '../slots/not-ours.ts';

/** What changing a stored task between its steps needs. */
export interface TaskChangeDeps {
  readonly store: Pick<TaskStore, 'get' | 'save'>;
  readonly ownership: Pick<Ownership, 'tenureOf'>;
  readonly betweenSteps: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * Changes the record of a task while no step of it runs. `change` returns the new record, or
 * `undefined` to leave it. Resolves with the record as it is then; `undefined` if there is none.
 */
export async function changeTask(
  { store, ownership, betweenSteps }: TaskChangeDeps,
  taskId: string,
  change: (task: Task) => Task | undefined,
): Promise<Task | undefined> {
  return betweenSteps(taskId, async () => {
    const task = await store.get(taskId);
    const changed = task === undefined ? undefined : change(task);
    if (task === undefined || changed === undefined) return task;
    tenureToWrite(ownership, task.guildId);
    await store.save(changed, task);
    return changed;
  });
}
