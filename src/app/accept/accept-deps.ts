import type { Route } from '../../domain/routes/route.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { AdmissionDeps } from '../admission.ts';
import type { ConfirmationStore } from '../ports/confirmation-port.ts';
import type { Clock, Log, TaskStore } from '../ports/core.ts';
import type { GuildSettingsStore } from '../ports/guild-settings-port.ts';
import type { ProviderPauses } from '../ports/provider-pauses-port.ts';

export interface AcceptVideoDeps extends AdmissionDeps {
  readonly store: TaskStore;
  readonly guilds: GuildSettingsStore;
  readonly confirmations: ConfirmationStore;
  readonly pauses: ProviderPauses;
  readonly routesOn: readonly Route[];
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the id of a task, of an instant in milliseconds. */
  readonly newTaskId: (atMs: number) => TaskId;
  /**
   * Hands a task to the worker: one that starts, and one that could not be written. The disk may have
   * the latter all the same; the worker reads what it has, and ends what never started.
   */
  readonly handOver: (task: Task) => void;
}
