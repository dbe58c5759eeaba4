/**
 * What the store can forget, by when it ended. No call walks history: each reads what it may delete,
 * and little more, some at a time, and ends early at the signal. It resolves with how many it deleted.
 */
export interface RetentionStore {
  /** Deletes tasks that ended before an instant and are not held. */
  deleteTasksEndedBefore(beforeMs: number, signal: AbortSignal): Promise<number>;
  /** Deletes what members asked for and could not be deleted then. */
  deleteRequested(signal: AbortSignal): Promise<number>;
  /** Deletes the journal lines of tasks accepted before an instant, of every guild. */
  deleteLinesBefore(beforeMs: number, signal: AbortSignal): Promise<number>;
  /** Deletes the copies of damaged records that were set aside before an instant. */
  deleteQuarantinedBefore(beforeMs: number, signal: AbortSignal): Promise<number>;
  /**
   * What is said to have happened ahead of now, or when the time was not known, happened now: it is
   * marked so, and forgotten in its turn.
   */
  setTimesRight(nowMs: number, signal: AbortSignal): Promise<void>;
  /** Deletes the claims of interactions that are too old to be delivered again. */
  deleteClaims(nowMs: number, signal: AbortSignal): Promise<void>;
  /** Deletes requests whose price was not confirmed in time. */
  deleteUnconfirmed(nowMs: number): Promise<void>;
}
