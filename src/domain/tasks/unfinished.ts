import type { Task } from './task.ts';

/** Told of its end or not, a task that is decided holds no place. */
export function isUnfinished({ stage }: Pick<Task, 'stage'>): boolean {
  return stage.name !== 'notifying' && stage.name !== 'ended';
}
