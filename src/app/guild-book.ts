import { z } from 'zod';
import { microsSchema } from '../domain/ledger/money.ts';
import { ruleSchema } from '../domain/ledger/rules.ts';
import { initialZone, zoneSettingSchema } from '../domain/ledger/zone-setting.ts';
import { LANGUAGES } from '../domain/language.ts';
import type { Clock } from './ports.ts';
import type { RecordStore } from './record-store-port.ts';

/** What a guild's admins have set. An empty list of channels or routes means all of them. */
const guildSettingsSchema = z.object({
  rules: z.array(ruleSchema),
  zone: zoneSettingSchema,
  channels: z.array(z.string()),
  routes: z.array(z.string()),
  refusedWords: z.array(z.string()),
  blockedMembers: z.array(z.string()),
  /** The amount above which a price is confirmed first. */
  confirmAbove: microsSchema.optional(),
  /** Of task messages; absent: the caller's. */
  language: z.enum(LANGUAGES).optional(),
  /** The channel for notices to the admins. */
  notices: z.string().optional(),
  finishPing: z.boolean(),
});
export type GuildSettings = Readonly<z.output<typeof guildSettingsSchema>>;

/** One change by an admin. */
const auditEntrySchema = z.object({
  at: z.int().nonnegative(),
  by: z.string(),
  what: z.string(),
  from: z.string(),
  to: z.string(),
});
export type AuditEntry = Readonly<z.output<typeof auditEntrySchema>>;

export interface GuildBook {
  /** From memory after the first call; rejects where the store does not answer. */
  get(guildId: string): Promise<GuildSettings>;
  /** Changes the settings and writes who did what, in one commit. */
  change(
    guildId: string,
    update: (settings: GuildSettings) => GuildSettings,
    entry: Omit<AuditEntry, 'at'>,
  ): Promise<GuildSettings>;
  /** Guilds that have chosen a channel for notices; reads every guild's settings. */
  withNotices(): Promise<string[]>;
  /** The newest changes first. */
  audit(guildId: string, most: number): Promise<AuditEntry[]>;
  /** Deletes the settings and who changed them; from now on the guild has the defaults. */
  forget(guildId: string): Promise<void>;
}

const DEFAULTS: GuildSettings = {
  rules: [],
  zone: initialZone('UTC'),
  channels: [],
  routes: [],
  refusedWords: [],
  blockedMembers: [],
  finishPing: false,
};

/** Of all guilds that have any. */
export const SETTINGS_PREFIX = 'guild:';
const settingsKey = (guildId: string): string => `${SETTINGS_PREFIX}${guildId}`;
const auditPrefix = (guildId: string): string => `audit:${guildId}:`;

/** Settings of guilds, cached and written through. */
export function createGuildBook(store: RecordStore, clock: Clock): GuildBook {
  const known = new Map<string, GuildSettings>();
  /** Changes of one guild wait for each other, so that none is lost. */
  const changing = new Map<string, Promise<unknown>>();
  let sequence = 0;

  async function get(guildId: string): Promise<GuildSettings> {
    const cached = known.get(guildId);
    if (cached !== undefined) return cached;
    const value = await store.get(settingsKey(guildId));
    // A damaged record throws: rules that cannot be read must not be taken for none.
    const settings = value === undefined ? DEFAULTS : guildSettingsSchema.parse(value);
    // A change may have been written while this was read.
    const newer = known.get(guildId);
    if (newer !== undefined) return newer;
    known.set(guildId, settings);
    return settings;
  }

  async function write(
    guildId: string,
    update: (settings: GuildSettings) => GuildSettings,
    entry: Omit<AuditEntry, 'at'>,
  ): Promise<GuildSettings> {
    const settings = update(await get(guildId));
    const at = clock.now();
    sequence += 1;
    // Sorts by time, and by order within a millisecond.
    const key = `${auditPrefix(guildId)}${String(at).padStart(15, '0')}-${String(sequence).padStart(9, '0')}`;
    await store.write([
      { key: settingsKey(guildId), value: z.encode(guildSettingsSchema, settings) },
      { key, value: { ...entry, at } },
    ]);
    known.set(guildId, settings);
    return settings;
  }

  /** Waits for the changes of this guild that were asked for before. */
  async function inTurn<T>(guildId: string, work: () => Promise<T>): Promise<T> {
    const before = changing.get(guildId) ?? Promise.resolve();
    const done = before.then(work, work);
    changing.set(guildId, done);
    return done;
  }

  return {
    get,
    change: async (guildId, update, entry) =>
      inTurn(guildId, async () => write(guildId, update, entry)),
    forget: async (guildId) =>
      inTurn(guildId, async () => {
        const entries = await store.keysUnder(auditPrefix(guildId));
        // First, so that a read under way does not bring back what is deleted.
        known.set(guildId, DEFAULTS);
        try {
          await store.remove([...entries, settingsKey(guildId)]);
        } catch (cause) {
          // Limits that still stand in the store must hold.
          known.delete(guildId);
          throw cause;
        }
      }),
    withNotices: async () => guildsWithNotices(store),
    audit: async (guildId, most) => readAudit(store, guildId, most),
  };
}

async function guildsWithNotices(store: RecordStore): Promise<string[]> {
  const keys = await store.keysUnder(SETTINGS_PREFIX);
  const values = await store.getMany(keys);
  return keys.flatMap((key, index) => {
    const settings = guildSettingsSchema.safeParse(values[index]);
    const hasChannel = settings.data?.notices !== undefined;
    return hasChannel ? [key.slice(SETTINGS_PREFIX.length)] : [];
  });
}

async function readAudit(store: RecordStore, guildId: string, most: number): Promise<AuditEntry[]> {
  const keys = await store.keysUnder(auditPrefix(guildId));
  const newest = keys.slice(-most).toReversed();
  const values = await store.getMany(newest);
  return values.flatMap((value) => {
    const entry = auditEntrySchema.safeParse(value);
    return entry.success ? [entry.data] : [];
  });
}
