import type { Clock, Log } from '../app/ports/core.ts';
import { NO_LATE_EDITS } from '../app/ports/late-edits-port.ts';
import type { EditedTask, LateEdits } from '../app/ports/late-edits-port.ts';
import { pause } from '../app/pause.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import type { Letters } from './letters.ts';

/** For how long it is tried, in milliseconds: a process that stood still has to join again first. */
const REPORT_FOR_MS = MINUTE_MS;

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly stopping: AbortSignal;
}

/** Reports late edits by letter to the owners of guilds, until one of them has it. */
export function createLateEdits(letters: Pick<Letters, 'send'> | undefined, deps: Deps): LateEdits {
  if (letters === undefined) return NO_LATE_EDITS;
  return {
    report(task) {
      void reportToOwner(letters, deps, task);
    },
  };
}

async function reportToOwner(
  letters: Pick<Letters, 'send'>,
  { clock, log, stopping }: Deps,
  task: EditedTask,
): Promise<void> {
  const giveUpAtMs = clock.elapsed() + REPORT_FOR_MS;
  log.info({ taskId: task.id }, 'message edited late');
  // Once also at a stop, which leaves messages that wait to be shown again to the next owner.
  do {
    try {
      const answer = await letters.send(task.guildId, { kind: 'late-edit', task });
      if (answer === 'taken') return;
    } catch (cause) {
      log.debug({ err: cause, taskId: task.id }, 'late edit not reported yet');
    }
    await pause(clock, SECOND_MS, stopping);
  } while (clock.elapsed() < giveUpAtMs && !stopping.aborted);
  log.warn({ taskId: task.id }, 'late edit reported to nobody');
}
