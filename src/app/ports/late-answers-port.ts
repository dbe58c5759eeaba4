/** The id that a provider gave a task whose guild was not this process's any more by then. */
export interface LateAnswer {
  readonly taskId: string;
  readonly providerTaskId: string;
}

/**
 * Where the answer of a create is kept that belongs to a task of another process by now: that one holds
 * the task, and goes on once it has this.
 */
export interface LateAnswers {
  /** Rejects if it could not be kept. */
  keep(answer: LateAnswer): Promise<void>;
}

/** For the only process on a store, which never loses a guild. */
export const NO_LATE_ANSWERS: LateAnswers = { keep: async () => undefined };
