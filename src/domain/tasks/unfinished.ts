import type { Task } from './task.ts';

/** Whether a task counts as unfinished: one with an outcome does not, even before its notification. */
export function isUnfinished({ stage }: Pick<Task, 'stage'>): boolean {
  return stage.name !== 'notifying' && stage.name !== 'ended';
}
