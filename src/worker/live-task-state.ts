import type { TaskView } from '../app/ports/message-port.ts';
import type { Clock, TaskStore } from '../app/ports/core.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import { providerOf } from '../domain/tasks/plan.ts';
import type { StageOf, Task } from '../domain/tasks/task.ts';
import type { ProviderQueues } from './scheduling/provider-queues.ts';

/**
 * The state of unfinished tasks that their records lack: the results of the latest poll, and the
 * queue position. It may be lost in a restart. Messages are rendered only from it.
 */
export interface LiveTaskState {
  /** Records a task after a step, or at the start; `stored` is the task as read before. */
  record(task: Task, stored: Task): void;
  /** Forgets a task whose record is gone, so that it blocks no other. */
  forget(taskId: string): void;
  /** A stored task with the latest unsaved state. */
  withLiveState(stored: Task): Task;
  /** What the message of the task shows now. */
  viewOf(task: Task): TaskView;
  /** Reads a task and returns its view; `undefined` when it has ended. */
  loadView(taskId: string): Promise<TaskView | undefined>;
}

export interface LiveTaskStateDeps {
  readonly store: Pick<TaskStore, 'get'>;
  readonly queues: ProviderQueues;
  readonly pauses: ProviderPauses;
  readonly clock: Pick<Clock, 'now'>;
}

type Running = StageOf<'running'>;

/** The poll results kept beyond the record; not the whole stage, because there may be many. */
type PollResult = Pick<Running, 'faults' | 'progressPercent' | 'lastPolledAt' | 'queuedAt'>;

/** Creates the live state, kept in memory. */
export function createLiveTaskState({
  store,
  queues,
  pauses,
  clock,
}: LiveTaskStateDeps): LiveTaskState {
  /** Only for running tasks whose latest poll differs from the record. */
  const unsaved = new Map<string, PollResult>();

  const withLiveState = (stored: Task): Task => {
    const { id, stage } = stored;
    const polled = unsaved.get(id);
    if (polled === undefined || stage.name !== 'running') return stored;
    // What the record still says of its queue is older than the latest poll.
    const { queuedAt: _, ...known } = stage;
    return { ...stored, stage: { ...known, ...polled } };
  };
  const viewOf = (task: Task): TaskView => {
    const queuePosition = queuePositionOf(task);
    return queuePosition === 0 ? { task } : { task, queuePosition };
  };
  const queuePositionOf = (task: Task): number => {
    const { id, stage } = task;
    if (stage.name !== 'queued') return 0;
    const provider = providerOf(task);
    const isPostponed = stage.notBefore > clock.now() || pauses.until(provider) !== undefined;
    return Math.max(queues.positionOf(provider, id), isPostponed ? 1 : 0);
  };
  return {
    record(task, stored) {
      const { id, stage } = task;
      const provider = providerOf(task);
      if (stage.name === 'queued') queues.join(provider, id);
      else queues.leave(provider, id);
      if (stage.name === 'running' && differs(stage, stored.stage)) {
        unsaved.set(id, pollResultOf(stage));
      } else unsaved.delete(id);
    },
    forget(taskId) {
      queues.drop(taskId);
      unsaved.delete(taskId);
    },
    withLiveState,
    viewOf,
    async loadView(taskId) {
      const stored = await store.get(taskId);
      if (stored === undefined || !isInProgress(stored)) return undefined;
      return viewOf(withLiveState(stored));
    },
  };
}

/** Whether the stage differs from the record as read before the step. */
function differs(stage: Running, stored: Task['stage']): boolean {
  return (
    stored.name === 'running' &&
    (stage.faults !== stored.faults ||
      stage.progressPercent !== stored.progressPercent ||
      stage.lastPolledAt !== stored.lastPolledAt ||
      stage.queuedAt !== stored.queuedAt)
  );
}

function pollResultOf({ faults, progressPercent, lastPolledAt, queuedAt }: Running): PollResult {
  return {
    faults,
    ...(progressPercent === undefined ? {} : { progressPercent }),
    ...(lastPolledAt === undefined ? {} : { lastPolledAt }),
    ...(queuedAt === undefined ? {} : { queuedAt }),
  };
}

function isInProgress({ stage }: Task): boolean {
  return stage.name !== 'notifying' && stage.name !== 'ended';
}
