import type { Task } from '../../domain/tasks/task.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';

/** Which tasks follow: the newest, or those next to one, which need not exist any more. */
export type HistoryStart =
  | { readonly from: 'newest' }
  | { readonly from: 'older' | 'newer'; readonly than: TaskId };

export interface HistoryQuery {
  readonly memberId: string;
  readonly guildId: string;
  /** Part of the prompt, in any case; `undefined` for all tasks. */
  readonly search: string | undefined;
  readonly start: HistoryStart;
}

/** Tasks of a member in a guild. */
export interface HistoryPage {
  /** The newest first. */
  readonly tasks: readonly Task[];
  /** Where older ones are; `undefined` if there are none. */
  readonly older: HistoryStart | undefined;
  readonly newer: HistoryStart | undefined;
  /** Reading stopped at a task of this time, before the page was full; in milliseconds. */
  readonly stoppedAt: number | undefined;
}

/** A member's own tasks, in pages whose cost does not grow with the history. */
export interface HistoryStore {
  read(query: HistoryQuery): Promise<HistoryPage>;
}
