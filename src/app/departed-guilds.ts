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
   * Deletes everything of a guild, or, cut at any point, some of it, to be called again.
   * Undefined: it has an unfinished task, and nothing was deleted.
   */
  readonly deleteGuildData: (guildId: string) => Promise<DeletedGuild | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * How often the list is asked for, and how soon again where that failed, or the time is not sure; in
 * milliseconds.
 */
const EVERY_MS = { look: DAY_MS, afterFault: HOUR_MS, unsure: 1000 };

/**
 * Once a day, over restarts: which guilds is the bot still in? One that removed it is forgotten when
 * 30 days have passed; no gateway intent is needed to learn of it.
 */
export function startDepartedGuildCleanup(deps: DepartedGuildsDeps): Loop {
  return startLoop(deps.clock, async (signal) => {
    if (!deps.clock.isSure()) return EVERY_MS.unsure;
    try {
      const waitMs = untilDue(await deps.presence.lastCheck(), deps.clock.now());
      if (waitMs > 0) return waitMs;
      await checkPresence(deps, signal);
      return EVERY_MS.look;
    } catch (cause) {
      // Nothing was concluded from a part of the list.
      if (!signal.aborted) {
        deps.log.warn({ err: cause }, 'servers that removed the bot not looked for; trying again');
      }
      return EVERY_MS.afterFault;
    }
  });
}

/** A look in the future was made by a clock that has been set back since. */
function untilDue(lastCheck: number | undefined, nowMs: number): number {
  if (lastCheck === undefined || lastCheck > nowMs) return 0;
  return lastCheck + EVERY_MS.look - nowMs;
}

async function checkPresence(deps: DepartedGuildsDeps, signal: AbortSignal): Promise<void> {
  const { guildList, ownership, presence, clock, log } = deps;
  const present = await guildList.list(signal);
  const [allKnown, allAbsences] = await Promise.all([presence.known(), presence.absences()]);
  const known = allKnown.filter((guildId) => ownership.owns(guildId));
  const absentSince = new Map([...allAbsences].filter(([guildId]) => ownership.owns(guildId)));
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
    await deleteGuild(deps, guildId);
  }
  log.info({ servers: present.size }, 'looked for servers that removed the bot');
}

/** One guild's fault stops no other; what is left of it is deleted after the next look. */
async function deleteGuild(
  { deleteGuildData, log }: DepartedGuildsDeps,
  guildId: string,
): Promise<void> {
  try {
    const forgotten = await deleteGuildData(guildId);
    if (forgotten === undefined) {
      log.info(
        { guildId },
        'not forgotten yet: a server that removed the bot has an unfinished video',
      );
      return;
    }
    const { tasks, lines, held } = forgotten;
    // One whose holds nobody can end is met again every day.
    if (tasks + lines > 0 || held === 0) {
      log.info({ guildId, tasks, lines, held }, 'forgotten: a server that removed the bot');
    }
  } catch (cause) {
    log.warn({ err: cause, guildId }, 'not forgotten: a server that removed the bot; trying again');
  }
}
