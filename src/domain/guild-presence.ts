import { DAY_MS } from './time-units.ts';

/** After so long without the bot everything of a guild is deleted, in milliseconds. */
export const ABSENCE_LIMIT_MS = 30 * DAY_MS;

/** What is known of the bot's guilds at one moment. */
export interface GuildPresence {
  /** Guilds with anything in the store. */
  readonly known: readonly string[];
  /** Guilds that the bot is a member of: all of them, or the look is none. */
  readonly present: ReadonlySet<string>;
  /** Guilds that the bot was missing from before, and since when, in milliseconds. */
  readonly absentSince: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

export interface GuildChanges {
  /** Absent from now on. */
  readonly left: readonly string[];
  /** Absent no more. */
  readonly returned: readonly string[];
  /** Absent for so long that they are forgotten. */
  readonly overdue: readonly string[];
}

/** What a look at the bot's guilds changes. A clock that was set back begins the absence anew. */
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
