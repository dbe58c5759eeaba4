import type { Task } from '../../domain/tasks/task.ts';

/**
 * Deletes old data from the store. No call reads the whole history: each reads little more than it
 * may delete, in batches, stops early at the signal, and resolves with the number of deletions.
 */
export interface RetentionStore {
  /** Deletes tasks that ended before an instant and are not held. */
  deleteTasksEndedBefore(beforeMs: number, signal: AbortSignal): Promise<number>;
  /**
   * Calls `empty` for each task that is kept only because it is held, although it ended before an
   * instant or its member asked to delete it; counts those for which it resolves with true.
   */
  emptyHeld(
    beforeMs: number,
    signal: AbortSignal,
    empty: (task: Task) => Promise<boolean>,
  ): Promise<number>;
  /** Deletes data that members asked to delete but that could not be deleted then. */
  deleteRequested(signal: AbortSignal): Promise<number>;
  /** Deletes the journal lines of tasks accepted before an instant, of every guild. */
  deleteLinesBefore(beforeMs: number, signal: AbortSignal): Promise<number>;
  /** Deletes the copies of damaged records that were quarantined before an instant. */
  deleteQuarantinedBefore(beforeMs: number, signal: AbortSignal): Promise<number>;
  /**
   * Corrects dates that lie in the future or were written before the time was known: they become
   * now and are marked as corrected, so that the records expire in their turn.
   */
  repairTimes(nowMs: number, signal: AbortSignal): Promise<void>;
  /** Deletes the claims of interactions that are too old to be delivered again. */
  deleteClaims(nowMs: number, signal: AbortSignal): Promise<void>;
  /** Deletes requests whose price was not confirmed in time. */
  deleteUnconfirmed(nowMs: number): Promise<void>;
}
