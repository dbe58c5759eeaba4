import type { Planned } from '../../domain/tasks/plan.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import type { DurationKnowledge } from '../../domain/tasks/transitions.ts';
import type { StoredRecord } from './record-store-port.ts';

/** How long tasks took, by route, resolution and length; no more kinds than the catalogue has. */
export interface DurationStore {
  /** Reads what earlier processes learnt; before that, nothing is known. */
  load(): Promise<void>;
  /** From memory alone. */
  of(task: Planned): DurationKnowledge;
  /**
   * Counts a task that was just found finished, and returns what to write in the commit of its next
   * stage. Of two that finish at once the later record has both; one that is lost costs nothing.
   */
  recordFinish(task: Task, running: StageOf<'running'>): StoredRecord[];
}
