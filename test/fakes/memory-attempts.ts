import type { AttemptLine, AttemptLog, LogSummary } from '../../src/app/ports/attempt-log-port.ts';
import type { TaskTrace } from '../../src/domain/tasks/restored.ts';

export interface MemoryAttempts extends AttemptLog {
  readonly attempts: AttemptLine[];
  /** Lines to come that are refused. */
  failures: number;
}

/** The lines beside a store, in memory; a process that ends leaves them as they are. */
export function memoryAttempts(): MemoryAttempts {
  const attempts: AttemptLine[] = [];
  const ended = new Map<string, number>();
  let starts = 0;
  const log: MemoryAttempts = {
    attempts,
    failures: 0,
    async attempt(line) {
      if (log.failures > 0) {
        log.failures -= 1;
        throw new Error('disk full');
      }
      attempts.push(line);
    },
    async ended(taskId, at) {
      ended.set(taskId, Math.max(at, ended.get(taskId) ?? 0));
    },
    async started(noted) {
      starts = noted;
    },
    deleteBefore: async () => 0,
    inherit: async () => false,
    attemptsSince: async (fromMs) => attempts.filter(({ at }) => at >= fromMs),
    summary: async (taskIds): Promise<LogSummary> => ({
      hasLines: starts > 0 || attempts.length > 0,
      starts,
      since: 0,
      traces: new Map([...taskIds].map((id) => [id, traceOf(id)])),
    }),
  };
  const traceOf = (id: string): TaskTrace => {
    const endedAt = ended.get(id);
    return {
      attempts: attempts.filter(({ taskId }) => taskId === id),
      ...(endedAt === undefined ? {} : { endedAt }),
    };
  };
  return log;
}
