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
 * How often the list is checked, how soon the next pass comes at the latest, and how soon while the
 * time is not confirmed, in milliseconds.
 */
const EVERY_MS = { check: DAY_MS, pass: HOUR_MS, unconfirmed: 1000 };

/**
 * Starts checking once a day, across restarts, which guilds the bot is still in. The data of a
 * guild that removed it is deleted after 30 days. This needs no gateway intent. Of several processes
 * the first one checks, and each deletes what is its own.
 */
export function startDepartedGuildCleanup(deps: DepartedGuildsDeps): Loop {
  const { clock, ownership, presence, log } = deps;
  const triedAt = new Map<string, number>();
  return startLoop(clock, async (signal) => {
    if (!clock.isSure()) return EVERY_MS.unconfirmed;
    try {
      const waitMs = ownership.isFirst()
        ? untilDue(await presence.lastCheck(), clock.now())
        : EVERY_MS.pass;
      const present = waitMs > 0 ? undefined : await checkPresence(deps, signal);
      await deleteOverdue(deps, { triedAt, present }, signal);
      if (present === undefined) return Math.min(waitMs, EVERY_MS.pass);
      log.info({ servers: present.size }, 'looked for servers that removed the bot');
    } catch (cause) {
      // Nothing was concluded from an incomplete list.
      if (!signal.aborted) {
        log.warn({ err: cause }, 'servers that removed the bot not looked for; trying again');
      }
    }
    return EVERY_MS.pass;
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

/** Records who left and who is back; resolves with the guilds that the bot is in. */
async function checkPresence(
  { guildList, presence, clock, log }: DepartedGuildsDeps,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const present = await guildList.list(signal);
  const [known, absentSince] = await Promise.all([presence.known(), presence.absences()]);
  const at = clock.now();
  const { left, returned } = comparePresence({ known, present, absentSince, nowMs: at });
  await presence.save({ at, left, returned });
  const days = ABSENCE_LIMIT_MS / DAY_MS;
  for (const guildId of left) {
    log.info({ guildId, days }, 'the bot is not in this server any more; it will be forgotten');
  }
  for (const guildId of returned) log.info({ guildId }, 'the bot is in this server again');
  return present;
}

interface Deletion {
  /** When each guild was last tried, on the monotonic clock: one that keeps a hold stays overdue. */
  readonly triedAt: Map<string, number>;
  /** The guilds of the bot, if they are known now. */
  readonly present: ReadonlySet<string> | undefined;
}

/** Deletes the overdue guilds of this process, whose accounts are in its memory. */
async function deleteOverdue(
  deps: DepartedGuildsDeps,
  { triedAt, present: seen }: Deletion,
  signal: AbortSignal,
): Promise<void> {
  const { guildList, ownership, presence, clock } = deps;
  const absentSince = await presence.absences();
  const compared = {
    known: [],
    present: seen ?? new Set<string>(),
    absentSince,
    nowMs: clock.now(),
  };
  const triedBefore = clock.elapsed() - EVERY_MS.check;
  const due = comparePresence(compared).overdue.filter(
    (guildId) => ownership.owns(guildId) && (triedAt.get(guildId) ?? -Infinity) <= triedBefore,
  );
  if (due.length === 0) return;
  // It may have the bot again since the last check, which may be another process's.
  const present = seen ?? (await guildList.list(signal));
  for (const guildId of due) {
    if (signal.aborted) return;
    triedAt.set(guildId, clock.elapsed());
    if (present.has(guildId) || !ownership.owns(guildId)) continue;
    // A hand-over waits for it: the next owner may serve the guild again.
    await ownership.tenureOf(guildId)?.during(async () => deleteGuild(deps, guildId));
  }
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
