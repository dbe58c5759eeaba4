import { ABSENCE_LIMIT_MS, comparePresence } from '../domain/guild-presence.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Clock, Log } from './ports/core.ts';
import type { Ownership } from './ports/ownership-port.ts';
import type {
  GuildListPort,
  GuildPresenceStore,
  DeletedGuild,
} from './ports/guild-presence-port.ts';
import { DAY_MS, HOUR_MS } from '../domain/time-units.ts';

export interface DepartedGuildsDeps {
  readonly guildList: GuildListPort;
  readonly ownership: Ownership;
  readonly presence: GuildPresenceStore;
  /**
   * Deletes everything of a guild. If interrupted, some of it is left and a later call goes on.
   * Resolves with `undefined` if the guild has an unfinished task; then nothing was deleted.
   */
  readonly deleteGuildData: (guildId: string) => Promise<DeletedGuild | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * How often the list is checked, and how soon again after a failure or while the time is not
 * confirmed, in milliseconds.
 */
const EVERY_MS = { check: DAY_MS, afterFailure: HOUR_MS, unconfirmed: 1000 };

/**
 * Starts checking once a day, across restarts, which guilds the bot is still in. The data of a
 * guild that removed it is deleted after 30 days. This needs no gateway intent.
 */
export function startDepartedGuildCleanup(deps: DepartedGuildsDeps): Loop {
  return startLoop(deps.clock, async (signal) => {
    if (!deps.clock.isSure()) return EVERY_MS.unconfirmed;
    if (!deps.ownership.isFirst()) return EVERY_MS.afterFailure;
    try {
      const waitMs = untilDue(await deps.presence.lastCheck(), deps.clock.now());
      if (waitMs > 0) return waitMs;
      await checkPresence(deps, signal);
      return EVERY_MS.check;
    } catch (cause) {
      // Nothing was concluded from an incomplete list.
      if (!signal.aborted) {
        deps.log.warn({ err: cause }, 'servers that removed the bot not looked for; trying again');
      }
      return EVERY_MS.afterFailure;
    }
  });
}

/**
 * How long until the next check, in milliseconds. A last check in the future was dated by a clock
 * that has been set back since.
 */
function untilDue(lastCheck: number | undefined, nowMs: number): number {
  if (lastCheck === undefined || lastCheck > nowMs) return 0;
  return lastCheck + EVERY_MS.check - nowMs;
}

async function checkPresence(deps: DepartedGuildsDeps, signal: AbortSignal): Promise<void> {
  const { guildList, ownership, presence, clock, log } = deps;
  const present = await guildList.list(signal);
  const [known, absentSince] = await Promise.all([presence.known(), presence.absences()]);
  const at = clock.now();
  const { left, returned, overdue } = comparePresence({ known, present, absentSince, nowMs: at });
  await presence.save({ at, left, returned });
  const days = ABSENCE_LIMIT_MS / DAY_MS;
  for (const guildId of left) {
    log.info({ guildId, days }, 'the bot is not in this server any more; it will be forgotten');
  }
  for (const guildId of returned) log.info({ guildId }, 'the bot is in this server again');
  for (const guildId of overdue) {
    if (signal.aborted) return;
    // Its accounts are in the memory of its owner.
    if (ownership.owns(guildId)) await deleteGuild(deps, guildId);
  }
  log.info({ servers: present.size }, 'looked for servers that removed the bot');
}

/**
 * Deletes the data of a guild. A failure does not affect other guilds; the rest is deleted after
 * the next check.
 */
async function deleteGuild(
  { deleteGuildData, log }: DepartedGuildsDeps,
  guildId: string,
): Promise<void> {
  try {
    const deleted = await deleteGuildData(guildId);
    if (deleted === undefined) {
      log.info(
        { guildId },
        'not forgotten yet: a server that removed the bot has an unfinished video',
      );
      return;
    }
    const { tasks, lines, held } = deleted;
    // A guild that keeps only holds is found again every day, so it is not logged.
    if (tasks + lines > 0 || held === 0) {
      log.info({ guildId, tasks, lines, held }, 'forgotten: a server that removed the bot');
    }
  } catch (cause) {
    log.warn({ err: cause, guildId }, 'not forgotten: a server that removed the bot; trying again');
  }
}
