import { z } from 'zod';
import { instantSchema } from '../../domain/instant.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';

/** One change of the settings by an admin. */
export const auditEntrySchema = z.object({
  at: instantSchema,
  by: z.string(),
  what: z.string(),
  from: z.string(),
  to: z.string(),
});

export type AuditEntry = Readonly<z.output<typeof auditEntrySchema>>;

/** What a decision on the current settings comes to. */
export interface SettingsDecision<T> {
  readonly result: T;
  /** `undefined` if nothing changes; then nothing is written. */
  readonly change?: {
    readonly after: GuildSettings;
    readonly entries: readonly Omit<AuditEntry, 'at'>[];
  };
}

export interface GuildSettingsStore {
  /** Reads from memory after the first call; rejects if the store does not answer. */
  get(guildId: string): Promise<GuildSettings>;
  /** From memory only; `undefined` if they have not been read yet. */
  peek(guildId: string): GuildSettings | undefined;
  /**
   * Changes the settings and records who changed what, in one commit. Without an entry, nothing was
   * decided yet: a question was kept.
   */
  change(
    guildId: string,
    update: (settings: GuildSettings) => GuildSettings,
    ...entries: readonly Omit<AuditEntry, 'at'>[]
  ): Promise<GuildSettings>;
  /**
   * Decides a change from the settings as they are when its turn comes, so that changes made at the
   * same time are decided one after the other. Resolves with the decision's result.
   */
  decide<T>(guildId: string, decision: (current: GuildSettings) => SettingsDecision<T>): Promise<T>;
  /** Guilds with a channel for notices; reads the settings of every guild. */
  guildsWithNotices(): Promise<string[]>;
  /** The latest changes, newest first. */
  audit(guildId: string, limit: number): Promise<AuditEntry[]>;
  /** Forgets what is in memory of the guilds of these slots. */
  letGo(slots: ReadonlySet<number>): void;
  /** Deletes the settings and their history; the guild then has the defaults. */
  forget(guildId: string): Promise<void>;
}
