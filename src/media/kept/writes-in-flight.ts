/** A copy that is being written. */
interface Writing {
  /** Whether its task was deleted meanwhile. */
  isDeleted(): boolean;
  end(): void;
}

/** The copies that are being written, so that what is deleted meanwhile does not come back. */
export interface WritesInFlight {
  begin(taskId: string): Writing;
  delete(taskIds: readonly string[]): void;
}

export function createWritesInFlight(): WritesInFlight {
  const current = new Set<{ readonly taskId: string; isDeleted: boolean }>();
  return {
    begin(taskId) {
      const write = { taskId, isDeleted: false };
      current.add(write);
      return { isDeleted: () => write.isDeleted, end: () => void current.delete(write) };
    },
    delete(taskIds) {
      for (const write of current) if (taskIds.includes(write.taskId)) write.isDeleted = true;
    },
  };
}
