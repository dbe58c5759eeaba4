import type { Language } from '../../domain/language.ts';

/** A `/video` that is about to be acknowledged, before any record of its task is written. */
export interface Intent {
  readonly interactionId: string;
  /** The task that it is to become. */
  readonly taskId: string;
  readonly applicationId: string;
  readonly interactionToken: string;
  readonly memberId: string;
  readonly language: Language;
  /** When the interaction arrived, in milliseconds. */
  readonly at: number;
}

/**
 * What the bot is about to acknowledge, beside the store. By it a start finds the public replies of
 * a killed process that became no task, and says so on them. Lines are kept for as long as an
 * interaction's token is valid, and somewhat longer.
 */
export interface IntentLog {
  /**
   * Writes the line of an intent in this guild, which then survives the death of the process: on
   * return, or, where a promise is returned, when that resolves. Throws or rejects if it could not be
   * written.
   */
  append(intent: Intent, guildId: string): Promise<void> | undefined;
  /**
   * Writes the line once more where it may be gone although this process lives: a crash of the database
   * loses what did not wait for its disk. Rejects if it could not be written.
   */
  keep(intent: Intent, guildId: string): Promise<void>;
  /** The call became no task, and its message, if there is one, needs no word. Never throws. */
  close(interactionId: string): void;
  /**
   * The intents of processes that live no more that were not closed, the oldest first; where several
   * processes share a store, those in guilds of these slots.
   */
  leftOver(slots?: ReadonlySet<number>): Promise<Intent[]>;
  /** Deletes what `leftOver` found. */
  dropLeftOver(found: readonly Intent[]): Promise<void>;
  /** Drops lines that are older than a quarter of an hour; meant to be called that often. */
  cut(): Promise<void>;
  /** Deletes the lines of a member. */
  deleteMember(memberId: string): Promise<void>;
}
