import type { Route } from '../../domain/routes/route.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { AdmissionDeps } from '../admission.ts';
import type { ClickClaims } from '../ports/click-claims-port.ts';
import type { ConfirmationStore } from '../ports/confirmation-port.ts';
import type { Clock, Log, TaskStore } from '../ports/core.ts';
import type { GuildSettingsStore } from '../ports/guild-settings-port.ts';
import type { IntentLog } from '../ports/intent-log-port.ts';
import type { MediaKeeper } from '../ports/media-keeper-port.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import type { ProviderPauses } from '../ports/provider-pauses-port.ts';
import type { StoredRecord } from '../ports/record-store-port.ts';
import type { UnstartedCalls } from '../unstarted-calls.ts';

/** What accepting a `/video` needs. */
export interface AcceptVideoDeps extends AdmissionDeps {
  readonly store: TaskStore;
  readonly guilds: GuildSettingsStore;
  readonly confirmations: ConfirmationStore;
  readonly clicks: ClickClaims;
  readonly pauses: ProviderPauses;
  readonly routesOn: readonly Route[];
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a task id from an instant in milliseconds. */
  readonly newTaskId: (atMs: number) => TaskId;
  readonly intents: Pick<IntentLog, 'append' | 'close'>;
  readonly ownership: Pick<Ownership, 'tenureOf'>;
  readonly unstarted: Pick<UnstartedCalls, 'notify'>;
  readonly mediaKeeper: Pick<MediaKeeper, 'keep'>;
  /** Whether the last commit of the store failed: until one succeeds, writing comes before replying. */
  readonly areWritesFailing: () => boolean;
  /**
   * Starts a task that is in memory alone, writing its first record and `alongside` in one commit.
   * Resolves with whether that is on disk; if not, nothing of the task is left.
   */
  readonly begin: (task: Task, alongside: readonly StoredRecord[]) => Promise<boolean>;
  /**
   * Hands a task to the worker: one that starts, or one whose record could not be written. Such a
   * record may be on disk all the same, so the worker reads it and ends a task that never started.
   */
  readonly handOver: (task: Task) => void;
}
