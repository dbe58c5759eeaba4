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

export interface GuildSettingsStore {
  /** Reads from memory after the first call; rejects if the store does not answer. */
  get(guildId: string): Promise<GuildSettings>;
  /** Changes the settings and records who changed what, in one commit. */
  change(
    guildId: string,
    update: (settings: GuildSettings) => GuildSettings,
    entry: Omit<AuditEntry, 'at'>,
  ): Promise<GuildSettings>;
  /** Guilds with a channel for notices; reads the settings of every guild. */
  guildsWithNotices(): Promise<string[]>;
  /** The latest changes, newest first. */
  audit(guildId: string, limit: number): Promise<AuditEntry[]>;
  /** Deletes the settings and their history; the guild then has the defaults. */
  forget(guildId: string): Promise<void>;
}
