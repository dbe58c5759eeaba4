import { z } from 'zod';
import { accountSchema } from '../../domain/ledger/account.ts';
import { zoneFound } from '../../domain/ledger/zone-setting.ts';
import {
  DEFAULT_SETTINGS,
  closedSettings,
  guildSettingsSchema,
} from '../../domain/guild-settings.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { damageNotice } from '../notices/notice-record.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { rekeyAhead, timeKey } from '../records/rekey-ahead.ts';
import { quarantineRecord, describeDamage } from '../records/quarantine.ts';
import { createSharedWork } from '../records/shared-work.ts';
import { guildAccountKey } from '../../domain/ledger/account-key.ts';
import { auditEntrySchema } from '../../app/ports/guild-settings-port.ts';
import type { AuditEntry, GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';

export const SETTINGS_PREFIX = 'guild:';
const settingsKey = (guildId: string): string => `${SETTINGS_PREFIX}${guildId}`;
export const AUDIT_PREFIX = 'audit:';
const auditPrefix = (guildId: string): string => `${AUDIT_PREFIX}${guildId}:`;

export interface GuildSettingsStoreDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Settings of guilds, cached and written through. */
export function createGuildSettingsStore(deps: GuildSettingsStoreDeps): GuildSettingsStore {
  const { records: store, clock } = deps;
  const known = new Map<string, GuildSettings>();
  /** Changes of one guild wait for each other, so that none is lost. */
  const changing = new Map<string, Promise<unknown>>();
  const closeOnce = createSharedWork<GuildSettings>();
  let sequence = 0;

  function learn(guildId: string, settings: GuildSettings): GuildSettings {
    known.set(guildId, settings);
    return settings;
  }

  async function get(guildId: string): Promise<GuildSettings> {
    const cached = known.get(guildId);
    if (cached !== undefined) return cached;
    const value = await store.get(settingsKey(guildId));
    // It may have been read, and changed, by another call meanwhile.
    const newer = known.get(guildId);
    if (newer !== undefined) return newer;
    const parsed = guildSettingsSchema.optional().safeParse(value);
    if (parsed.success) {
      const settings = await setRight(deps, guildId, parsed.data ?? DEFAULT_SETTINGS);
      return known.get(guildId) ?? learn(guildId, settings);
    }
    // Rules that cannot be read must not be taken for none.
    const closing = async () => close(deps, guildId, { value, cause: parsed.error });
    return closeOnce(guildId, async () => learn(guildId, await closing()));
  }

  async function write(
    guildId: string,
    update: (settings: GuildSettings) => GuildSettings,
    entry: Omit<AuditEntry, 'at'>,
  ): Promise<GuildSettings> {
    const settings = update(await get(guildId));
    sequence += 1;
    await store.write([
      settingsRecord(guildId, settings),
      auditRecord(guildId, { ...entry, at: clock.now() }, sequence),
    ]);
    known.set(guildId, settings);
    return settings;
  }

  /** Waits for the changes of this guild that were asked for before. */
  async function inTurn<T>(guildId: string, work: () => Promise<T>): Promise<T> {
    const done = (changing.get(guildId) ?? Promise.resolve()).then(work, work);
    changing.set(guildId, done);
    return done;
  }

  return {
    get,
    change: async (guildId, update, entry) =>
      inTurn(guildId, async () => write(guildId, update, entry)),
    forget: async (guildId) => inTurn(guildId, async () => forget(store, known, guildId)),
    guildsWithNotices: async () => guildsWithNotices(store),
    audit: async (guildId, most) => readAudit(deps, guildId, most),
  };
}

async function forget(
  store: RecordStore,
  known: Map<string, GuildSettings>,
  guildId: string,
): Promise<void> {
  const entries = await store.keysUnder(auditPrefix(guildId));
  // First, so that a read under way does not bring back what is deleted.
  known.set(guildId, DEFAULT_SETTINGS);
  try {
    await store.remove([...entries, settingsKey(guildId)]);
  } catch (cause) {
    // Limits that still stand in the store must hold.
    known.delete(guildId);
    throw cause;
  }
}

/** A change of zone that a wrong clock put off is set anew, for good: else it would never come. */
async function setRight(
  { records, clock }: GuildSettingsStoreDeps,
  guildId: string,
  settings: GuildSettings,
): Promise<GuildSettings> {
  const zone = zoneFound(settings.zone, clock.now());
  if (zone === settings.zone) return settings;
  const right = { ...settings, zone };
  await records.write([settingsRecord(guildId, right)]);
  return right;
}

interface Damage {
  readonly value: unknown;
  readonly cause: unknown;
}

/** By whom a change is that no admin made. */
const THE_BOT = 'the bot';

/** Sets a damaged record aside, and closes the guild with what is left of it. */
async function close(
  { records, clock, log }: GuildSettingsStoreDeps,
  guildId: string,
  { value, cause }: Damage,
): Promise<GuildSettings> {
  const account = accountSchema.safeParse(await records.get(guildAccountKey(guildId)));
  const at = clock.now();
  const key = settingsKey(guildId);
  const settings = closedSettings(value, account.data, at);
  const entry = { at, by: THE_BOT, what: 'settings', from: 'damaged', to: 'closed' };
  await records.write([
    quarantineRecord({ key, value }, at),
    settingsRecord(guildId, settings),
    auditRecord(guildId, entry, 0),
    damageNotice(guildId, { at, what: 'settings', key }),
  ]);
  log.error(
    { record: key, fault: describeDamage(cause) },
    'damaged record set aside: no videos in this server until its admins open it again',
  );
  return settings;
}

function settingsRecord(guildId: string, settings: GuildSettings): StoredRecord {
  return { key: settingsKey(guildId), value: z.encode(guildSettingsSchema, settings) };
}

function auditRecord(guildId: string, entry: AuditEntry, order: number): StoredRecord {
  const key = timeKey(auditPrefix(guildId), entry.at, String(order).padStart(9, '0'));
  return { key, value: entry };
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

async function readAudit(
  { records, clock }: GuildSettingsStoreDeps,
  guildId: string,
  most: number,
): Promise<AuditEntry[]> {
  const prefix = auditPrefix(guildId);
  await rekeyAhead(records, prefix, clock.now());
  const keys = await records.keysUnder(prefix, { limit: most, isFromEnd: true });
  const values = await records.getMany(keys.toReversed());
  return values.flatMap((value) => {
    const entry = auditEntrySchema.safeParse(value);
    return entry.success ? [entry.data] : [];
  });
}
