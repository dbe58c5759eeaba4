/** Lists the guilds of the bot as Discord knows them. */
export interface GuildListPort {
  /** Resolves with every guild of the bot; rejects if the list is incomplete. */
  list(signal: AbortSignal): Promise<ReadonlySet<string>>;
}

/** One check of the guilds of the bot, to be stored. */
interface GuildPresenceRecord {
  readonly at: number;
  readonly left: readonly string[];
  readonly returned: readonly string[];
}

/** The results of earlier checks; the cost depends only on the number of guilds. */
export interface GuildPresenceStore {
  /** When the last check was made, in milliseconds; `undefined` before the first. */
  lastCheck(): Promise<number | undefined>;
  /** Every guild that has a record in the store. */
  known(): Promise<string[]>;
  /** Guilds without the bot, and since when, in milliseconds. */
  absences(): Promise<ReadonlyMap<string, number>>;
  save(check: GuildPresenceRecord): Promise<void>;
}

/**
 * The numbers of tasks and journal lines deleted of a guild, and of tasks kept because they are
 * held.
 */
export interface DeletedGuild {
  readonly tasks: number;
  readonly lines: number;
  readonly held: number;
}
