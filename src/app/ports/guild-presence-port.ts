/** Discord's word on where the bot is. */
export interface GuildListPort {
  /** Every guild that the bot is a member of; rejects where the whole list could not be had. */
  list(signal: AbortSignal): Promise<ReadonlySet<string>>;
}

/** One look at the bot's guilds, to be remembered. */
interface GuildPresenceRecord {
  readonly at: number;
  readonly left: readonly string[];
  readonly returned: readonly string[];
}

/** What the store remembers of the looks; the cost grows with the number of guilds alone. */
export interface GuildPresenceStore {
  /** When the last look was; undefined: never. */
  lastCheck(): Promise<number | undefined>;
  /** Every guild with anything in the store. */
  known(): Promise<string[]>;
  /** Since when the bot is missing where. */
  absences(): Promise<ReadonlyMap<string, number>>;
  save(look: GuildPresenceRecord): Promise<void>;
}

/** What was deleted of a guild, and how many tasks stay because their money is held. */
export interface DeletedGuild {
  readonly tasks: number;
  readonly lines: number;
  readonly held: number;
}
