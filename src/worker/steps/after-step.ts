import type { Log } from '../../app/ports/core.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';
import type { Notices } from '../../app/ports/notice-port.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';

/** Posts a short reply that mentions the caller of a task. Rejects if it cannot be posted. */
interface FinishPing {
  ping(task: Task): Promise<void>;
}

/**
 * Shows a finished video elsewhere, without waiting. `hasSmaller`: whether a smaller copy is on its
 * message. Never throws.
 */
interface ShownVideos {
  delivered(task: Task, hasSmaller?: boolean): void;
}

export interface AfterStepDeps {
  readonly notices: Pick<Notices, 'held' | 'lostAccess' | 'otherModel' | 'providerPaused'>;
  readonly guilds: GuildSettingsStore;
  readonly finishPing: FinishPing;
  readonly gallery: ShownVideos;
  readonly log: Log;
}

/** The caller of a video that took longer than this may be pinged, in milliseconds. */
const PING_AFTER_MS = MINUTE_MS;

/** Notifies the admins if the task has just become held, without waiting. */
export function notifyIfHeld(
  { notices }: Pick<AfterStepDeps, 'notices'>,
  before: Task,
  after: Task,
): void {
  if (after.money.state === 'held' && before.money.state !== 'held') void notices.held(after);
}

/** Whether the message is shown elsewhere only once it has its smaller copy, or gets none. */
function mayGetSmaller(outcome: Outcome): boolean {
  return outcome.kind === 'delivered' && outcome.how === 'link' && outcome.why === 'too-large';
}

/**
 * Runs after the last record of a task: pings the caller if the guild wants it, or notifies the
 * admins if the channel could not be reached. Done at most once: after a crash the ping or notice
 * is lost.
 */
export async function afterEnd(
  deps: AfterStepDeps,
  task: Task,
  outcome: Outcome,
  endedAt: number,
): Promise<void> {
  if (outcome.kind === 'undeliverable') return deps.notices.lostAccess(task);
  // A ping is a new message, and may have been posted before the restore.
  if (task.restored === true) return;
  if (!mayGetSmaller(outcome)) deps.gallery.delivered(task);
  if (outcome.kind !== 'delivered' || endedAt - task.acceptedAt <= PING_AFTER_MS) return;
  try {
    const { finishPing } = await deps.guilds.get(task.guildId);
    if (finishPing) await deps.finishPing.ping(task);
  } catch (cause) {
    deps.log.warn({ err: cause, taskId: task.id }, 'caller not pinged');
  }
}
