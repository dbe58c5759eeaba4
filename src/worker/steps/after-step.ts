import type { Log } from '../../app/ports/core.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';
import type { Notices } from '../../app/ports/notice-port.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';

/** Posts a short reply that names a task's caller. Rejects where it cannot be posted. */
interface FinishPing {
  ping(task: Task): Promise<void>;
}

export interface AfterStepDeps {
  readonly notices: Notices;
  readonly guilds: GuildSettingsStore;
  readonly finishPing: FinishPing;
  readonly log: Log;
}

/** A video that took longer than this is worth a word to its caller, in milliseconds. */
const PING_AFTER_MS = MINUTE_MS;

/** Tells the admins of money that has just come to be held; the task does not wait for it. */
export function notifyIfHeld(
  { notices }: Pick<AfterStepDeps, 'notices'>,
  before: Task,
  after: Task,
): void {
  if (after.money.state === 'held' && before.money.state !== 'held') void notices.held(after);
}

/**
 * After the last record of a task: the caller's ping where the guild wants it, the admins' notice
 * where the channel could not be reached. Made at most once: a crash before it loses a courtesy.
 */
export async function afterEnd(
  deps: AfterStepDeps,
  task: Task,
  outcome: Outcome,
  endedAt: number,
): Promise<void> {
  if (outcome.kind === 'undeliverable') return deps.notices.lostAccess(task);
  // A ping is a new message, and it may stand there already.
  if (task.restored === true) return;
  if (outcome.kind !== 'delivered' || endedAt - task.acceptedAt <= PING_AFTER_MS) return;
  try {
    const { finishPing } = await deps.guilds.get(task.guildId);
    if (finishPing) await deps.finishPing.ping(task);
  } catch (cause) {
    deps.log.warn({ err: cause, taskId: task.id }, 'caller not pinged');
  }
}
