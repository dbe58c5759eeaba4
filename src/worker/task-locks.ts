/**
 * One lock per task, so that a step, a cancellation or the resolution of its hold never overlap.
 */
export interface TaskLocks {
  isLocked(taskId: string): boolean;
  /** Locks a task and runs work on it; the caller has checked that it is not locked. */
  run<T>(taskId: string, work: () => Promise<T>): Promise<T>;
  /** Runs work on a task as soon as it is free, in order of the calls. */
  readonly runWhenFree: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
}

/** Creates the locks, kept in memory. */
export function createTaskLocks(): TaskLocks {
  /** The waiting callers of each locked task, in order. */
  const locked = new Map<string, (() => void)[]>();

  function release(taskId: string): void {
    const next = locked.get(taskId)?.shift();
    // The lock is handed on without a gap, so that no step runs in between.
    if (next === undefined) locked.delete(taskId);
    else next();
  }

  async function runAndRelease<T>(taskId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      release(taskId);
    }
  }

  return {
    isLocked: (taskId) => locked.has(taskId),
    async run(taskId, work) {
      locked.set(taskId, []);
      return runAndRelease(taskId, work);
    },
    async runWhenFree(taskId, work) {
      const waiting = locked.get(taskId);
      if (waiting === undefined) locked.set(taskId, []);
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      return runAndRelease(taskId, work);
    },
  };
}
