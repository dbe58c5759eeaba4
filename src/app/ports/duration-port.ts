import type { TypicalDuration } from '../../domain/durations/typical-duration.ts';
import type { RouteId } from '../../domain/routes/route.ts';
import type { Planned } from '../../domain/tasks/plan.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import type { DurationKnowledge } from '../../domain/tasks/transitions.ts';
import type { StoredRecord } from './record-store-port.ts';

/** What the length of a task depends on. */
export interface VideoKind {
  readonly route: RouteId;
  readonly resolution: string;
  readonly durationSeconds: number;
}

/**
 * How long tasks took, by route, resolution and length; catalogues bound the number of entries.
 */
export interface DurationStore {
  /** Loads the durations that earlier processes recorded; before that, none are known. */
  load(): Promise<void>;
  /** Reads from memory only. */
  of(task: Planned): DurationKnowledge;
  /** How long videos of this kind usually take, from memory; `undefined` if too few have finished. */
  typical(kind: VideoKind): TypicalDuration | undefined;
  /**
   * Counts a task that has just finished, and returns the records to write in the commit of its
   * next stage. If two finish at once, the later record includes both; losing one does no harm.
   */
  recordFinish(task: Task, running: StageOf<'running'>): StoredRecord[];
}
