import type { TaskView } from '../app/ports/message-port.ts';
import type { Clock, TaskStore } from '../app/ports/core.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import { providerOf } from '../domain/tasks/plan.ts';
import type { StageOf, Task } from '../domain/tasks/task.ts';
import type { ProviderQueues } from './scheduling/provider-queues.ts';

/**
 * How unfinished tasks stand beyond what their records say: what the last look taught, and their
 * place in the queue. A restart can do without; it is the one source of what a message shows.
 */
export interface LiveTaskState {
  /** Takes note of a task after a step of it, or at a start; `stored`: as it was read before. */
  record(task: Task, stored: Task): void;
  /** Of a task whose record is gone: it is in nobody's way. */
  forget(taskId: string): void;
  /** A stored task with what was learnt since. */
  withLiveState(stored: Task): Task;
  /** What the task's message shows now. */
  viewOf(task: Task): TaskView;
  /** The same for a task that is not at hand; undefined: it is not under way. */
  loadView(taskId: string): Promise<TaskView | undefined>;
}

export interface LiveTaskStateDeps {
  readonly store: Pick<TaskStore, 'get'>;
  readonly queues: ProviderQueues;
  readonly pauses: ProviderPauses;
  readonly clock: Pick<Clock, 'now'>;
}

type Running = StageOf<'running'>;

/** What a look taught beyond the record; not the whole stage, for there may be many. */
type Seen = Pick<Running, 'faults' | 'progressPercent' | 'lastPolledAt'>;

export function createLiveTaskState({
  store,
  queues,
  pauses,
  clock,
}: LiveTaskStateDeps): LiveTaskState {
  /** Of running tasks alone, and only where the last look taught something. */
  const unsaved = new Map<string, Seen>();

  const newest = (stored: Task): Task => {
    const { id, stage } = stored;
    const seen = unsaved.get(id);
    if (seen === undefined || stage.name !== 'running') return stored;
    return { ...stored, stage: { ...stage, ...seen } };
  };
  const viewOf = (task: Task): TaskView => {
    const place = placeOf(task);
    return place === 0 ? { task } : { task, queuePosition: place };
  };
  const placeOf = (task: Task): number => {
    const { id, stage } = task;
    if (stage.name !== 'queued') return 0;
    const provider = providerOf(task);
    const isPutOff = stage.notBefore > clock.now() || pauses.until(provider) !== undefined;
    return Math.max(queues.positionOf(provider, id), isPutOff ? 1 : 0);
  };
  return {
    record(task, stored) {
      const { id, stage } = task;
      const provider = providerOf(task);
      if (stage.name === 'queued') queues.join(provider, id);
      else queues.leave(provider, id);
      if (stage.name === 'running' && isNews(stage, stored.stage)) unsaved.set(id, seenIn(stage));
      else unsaved.delete(id);
    },
    forget(taskId) {
      queues.drop(taskId);
      unsaved.delete(taskId);
    },
    withLiveState: newest,
    viewOf,
    async loadView(taskId) {
      const stored = await store.get(taskId);
      if (stored === undefined || !isInProgress(stored)) return undefined;
      return viewOf(newest(stored));
    },
  };
}

/** Whether the record, as it was before the step, says something else. */
function isNews(stage: Running, stored: Task['stage']): boolean {
  return (
    stored.name === 'running' &&
    (stage.faults !== stored.faults ||
      stage.progressPercent !== stored.progressPercent ||
      stage.lastPolledAt !== stored.lastPolledAt)
  );
}

function seenIn({ faults, progressPercent, lastPolledAt }: Running): Seen {
  return {
    faults,
    ...(progressPercent === undefined ? {} : { progressPercent }),
    ...(lastPolledAt === undefined ? {} : { lastPolledAt }),
  };
}

function isInProgress({ stage }: Task): boolean {
  return stage.name !== 'notifying' && stage.name !== 'ended';
}
