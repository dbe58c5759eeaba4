import { z } from 'zod';
import { accountSchema } from '../../domain/ledger/account.ts';
import { repairGrants } from '../../domain/ledger/grants.ts';
import { repairZone } from '../../domain/ledger/zone-setting.ts';
import {
  DEFAULT_SETTINGS,
  closedSettings,
  guildSettingsSchema,
} from '../../domain/guild-settings.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { tenureToWrite } from '../../app/slots/not-ours.ts';
import type { Ownership } from '../../app/ports/ownership-port.ts';
import { damageNotice } from '../notices/notice-record.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { createGuildCache } from './guild-cache.ts';
import type { GuildCache } from './guild-cache.ts';
import { rekeyAhead, timeKey } from '../records/rekey-ahead.ts';
import { quarantineRecord, describeDamage } from '../records/quarantine.ts';
import { createSharedWork } from '../records/shared-work.ts';
import { guildAccountKey } from '../../domain/ledger/account-key.ts';
import { auditEntrySchema } from '../../app/ports/guild-settings-port.ts';
import type {
  AuditEntry,
  GuildSettingsStore,
  SettingsDecision,
} from '../../app/ports/guild-settings-port.ts';
import { writeOrForget } from '../records/write-or-forget.ts';

export const SETTINGS_PREFIX = 'guild:';
const settingsKey = (guildId: string): string => `${SETTINGS_PREFIX}${guildId}`;
export const AUDIT_PREFIX = 'audit:';
const auditPrefix = (guildId: string): string => `${AUDIT_PREFIX}${guildId}:`;

export interface GuildSettingsStoreDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
  /** A change is written only where this process is responsible; without it, everywhere. */
  readonly ownership?: Pick<Ownership, 'tenureOf'>;
}

/** Creates the store of guild settings, with a write-through cache. */
export function createGuildSettingsStore(deps: GuildSettingsStoreDeps): GuildSettingsStore {
  const { records: store, clock, ownership } = deps;
  const cache = createGuildCache<GuildSettings>();
  /** Changes of one guild run one after the other, so none is lost. */
  const inOrder = createOrder();
  const closeOnce = createSharedWork<GuildSettings>();
  let sequence = 0;

  async function get(guildId: string): Promise<GuildSettings> {
    const cached = cache.get(guildId);
    if (cached !== undefined) return cached;
    const before = cache.timesLetGo();
    const value = await store.get(settingsKey(guildId));
    if (cache.timesLetGo() !== before) return get(guildId);
    // Another call may have read and changed the settings meanwhile.
    const newer = cache.get(guildId);
    if (newer !== undefined) return newer;
    const parsed = guildSettingsSchema.optional().safeParse(value);
    if (parsed.success) {
      const settings = await repairSettings(deps, guildId, parsed.data ?? DEFAULT_SETTINGS);
      return cache.get(guildId) ?? cache.set(guildId, settings);
    }
    // Unreadable rules must not count as "no rules".
    const closing = async () => close(deps, guildId, { value, cause: parsed.error });
    return closeOnce(guildId, async () => cache.set(guildId, await closing()));
  }

  async function decideNow<T>(
    guildId: string,
    decision: (current: GuildSettings) => SettingsDecision<T>,
  ): Promise<T> {
    const { result, change } = decision(await get(guildId));
    if (change === undefined) return result;
    const { after, entries } = change;
    const at = clock.now();
    const lines = entries.map((entry) => {
      sequence += 1;
      return auditRecord(guildId, { ...entry, at }, sequence);
    });
    const rows = [settingsRecord(guildId, after), ...lines];
    const tenure = ownership && tenureToWrite(ownership, guildId);
    await writeOrForget(store.write(rows), () => cache.delete(guildId));
    if (tenure?.isOver() !== true) cache.set(guildId, after);
    return result;
  }

  const decide: GuildSettingsStore['decide'] = async (guildId, decision) =>
    inOrder(guildId, async () => decideNow(guildId, decision));

  return {
    get,
    peek: (guildId) => cache.get(guildId),
    decide,
    change: async (guildId, update, ...entries) =>
      decide(guildId, (current) => {
        const after = update(current);
        return { result: after, change: { after, entries } };
      }),
    letGo: (slots) => cache.letGo(slots),
    forget: async (guildId) => inOrder(guildId, async () => forget(store, cache, guildId)),
    guildsWithNotices: async () => guildsWithNotices(store),
    audit: async (guildId, limit) => readAudit(deps, guildId, limit),
  };
}

/** Runs each work after the earlier ones of the same guild. */
function createOrder() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(guildId: string, work: () => Promise<T>): Promise<T> => {
    const done = (last.get(guildId) ?? Promise.resolve()).then(work, work);
    last.set(guildId, done);
    return done;
  };
}

async function forget(
  store: RecordStore,
  cache: GuildCache<GuildSettings>,
  guildId: string,
): Promise<void> {
  const entries = await store.keysUnder(auditPrefix(guildId));
  // First, so that a concurrent read does not restore the deleted settings.
  cache.set(guildId, DEFAULT_SETTINGS);
  try {
    await store.remove([...entries, settingsKey(guildId)]);
  } catch (cause) {
    // Limits that are still in the store must apply.
    cache.delete(guildId);
    throw cause;
  }
}

/**
 * Corrects and saves what a wrong clock dated ahead: a zone change that would never apply, and
 * grants that would count a second time.
 */
async function repairSettings(
  { records, clock }: GuildSettingsStoreDeps,
  guildId: string,
  settings: GuildSettings,
): Promise<GuildSettings> {
  const zone = repairZone(settings.zone, clock.now());
  const given = settings.grants ?? [];
  const grants = repairGrants(given, clock.now());
  if (zone === settings.zone && grants.length === given.length) return settings;
  const corrected = { ...settings, zone, grants };
  await records.write([settingsRecord(guildId, corrected)]);
  return corrected;
}

interface Damage {
  readonly value: unknown;
  readonly cause: unknown;
}

/** The author, in the audit, of changes that the bot makes itself. */
const BOT_AUTHOR = 'the bot';

/** Quarantines a damaged record, and closes the guild with the settings that are still readable. */
async function close(
  { records, clock, log }: GuildSettingsStoreDeps,
  guildId: string,
  { value, cause }: Damage,
): Promise<GuildSettings> {
  const account = accountSchema.safeParse(await records.get(guildAccountKey(guildId)));
  const at = clock.now();
  const key = settingsKey(guildId);
  const settings = closedSettings(value, account.data, at);
  const entry = { at, by: BOT_AUTHOR, what: 'settings', from: 'damaged', to: 'closed' };
  await records.write([
    quarantineRecord({ key, value }, at),
    settingsRecord(guildId, settings),
    auditRecord(guildId, entry, 0),
    damageNotice(guildId, { at, what: 'settings', key }),
  ]);
  log.error(
    { record: key, fault: describeDamage(cause) },
    'damaged record quarantined: no videos in this server until its admins open it again',
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
  limit: number,
): Promise<AuditEntry[]> {
  const prefix = auditPrefix(guildId);
  await rekeyAhead(records, prefix, clock.now());
  const keys = await records.keysUnder(prefix, { limit, isFromEnd: true });
  const values = await records.getMany(keys.toReversed());
  return values.flatMap((value) => {
    const entry = auditEntrySchema.safeParse(value);
    return entry.success ? [entry.data] : [];
  });
}
