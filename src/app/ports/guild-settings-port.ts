import { z } from 'zod';
import { instantSchema } from '../../domain/instant.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';

/** One change by an admin. */
export const auditEntrySchema = z.object({
  at: instantSchema,
  by: z.string(),
  what: z.string(),
  from: z.string(),
  to: z.string(),
});

export type AuditEntry = Readonly<z.output<typeof auditEntrySchema>>;

export interface GuildSettingsStore {
  /** From memory after the first call; rejects where the store does not answer. */
  get(guildId: string): Promise<GuildSettings>;
  /** Changes the settings and writes who did what, in one commit. */
  change(
    guildId: string,
    update: (settings: GuildSettings) => GuildSettings,
    entry: Omit<AuditEntry, 'at'>,
  ): Promise<GuildSettings>;
  /** Guilds that have chosen a channel for notices; reads every guild's settings. */
  guildsWithNotices(): Promise<string[]>;
  /** The newest changes first. */
  audit(guildId: string, most: number): Promise<AuditEntry[]>;
  /** Deletes the settings and who changed them; from now on the guild has the defaults. */
  forget(guildId: string): Promise<void>;
}
