/** Whose turn it is with which task: a step of it, its cancelling, the end of its hold; one at a time. */
export interface TaskTurns {
  isTaken(taskId: string): boolean;
  /** Does work on a task; whoever calls has made sure that nobody else is at it. */
  take<T>(taskId: string, work: () => Promise<T>): Promise<T>;
  /** Does work as soon as whoever is at the task has done. */
  readonly inTurn: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
}

export function createTaskTurns(): TaskTurns {
  /** Who waits for a task that is taken, the first one first. */
  const taken = new Map<string, (() => void)[]>();

  function release(taskId: string): void {
    const next = taken.get(taskId)?.shift();
    // Handed on without a gap, so that no step slips in between.
    if (next === undefined) taken.delete(taskId);
    else next();
  }

  async function use<T>(taskId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      release(taskId);
    }
  }

  return {
    isTaken: (taskId) => taken.has(taskId),
    async take(taskId, work) {
      taken.set(taskId, []);
      return use(taskId, work);
    },
    async inTurn(taskId, work) {
      const waiting = taken.get(taskId);
      if (waiting === undefined) taken.set(taskId, []);
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      return use(taskId, work);
    },
  };
}
