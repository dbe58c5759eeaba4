import { DAY_MS } from './time-units.ts';

/** After this long without the bot, all data of a guild is deleted; in milliseconds. */
export const ABSENCE_LIMIT_MS = 30 * DAY_MS;

/** The bot's guilds at one moment. */
export interface GuildPresence {
  /** Guilds that have records in the store. */
  readonly known: readonly string[];
  /** All guilds that the bot is a member of; an incomplete list must not be used. */
  readonly present: ReadonlySet<string>;
  /** Guilds that the bot was already missing from, and since when, in milliseconds. */
  readonly absentSince: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

export interface GuildChanges {
  /** Guilds that the bot has left since the last check. */
  readonly left: readonly string[];
  /** Guilds that have the bot again. */
  readonly returned: readonly string[];
  /** Guilds without the bot for so long that their data is deleted. */
  readonly overdue: readonly string[];
}

/**
 * Compares the bot's guilds with those recorded as absent. If the clock was set back, the absence
 * starts again.
 */
export function comparePresence({
  known,
  present,
  absentSince,
  nowMs,
}: GuildPresence): GuildChanges {
  const isAbsentBefore = (guildId: string, instantMs: number): boolean =>
    (absentSince.get(guildId) ?? Number.POSITIVE_INFINITY) <= instantMs;
  const absent = [...new Set([...known, ...absentSince.keys()])].filter((id) => !present.has(id));
  return {
    left: absent.filter((id) => !isAbsentBefore(id, nowMs)),
    returned: [...absentSince.keys()].filter((id) => present.has(id)),
    overdue: absent.filter((id) => isAbsentBefore(id, nowMs - ABSENCE_LIMIT_MS)),
  };
}
