import { z } from 'zod';
import { AUDIT_PREFIX, SETTINGS_PREFIX } from '../guilds/guild-settings-store.ts';
import { guildSettingsSchema } from '../../domain/guild-settings.ts';
import { NOTICE_PREFIX } from '../notices/notice-record.ts';
import type { Clock, Log, TaskStore } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import {
  QUARANTINE_PREFIX,
  quarantineRecord,
  quarantineSchema,
  describeDamage,
} from '../records/quarantine.ts';
import { accountSchema } from '../../domain/ledger/account.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import {
  ASSET_GROUP_PREFIX,
  ASSET_ID_PREFIX,
  ASSET_PREFIX,
  assetGroupSchema,
} from '../library/asset-registry.ts';
import { NAMED_PREFIX } from '../library/named-asset-store.ts';
import { assetSchema } from '../../domain/library/asset.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
import { ERASURE_PREFIX, storedErasureSchema } from '../privacy/erasure-marks.ts';
import { byChunks } from '../records/by-chunks.ts';
import { keyPagesUnder } from '../records/pages-under.ts';
import type { Cipher } from '../records/cipher.ts';
import {
  CONFIRMATION_PREFIX,
  storedConfirmationSchema,
} from '../confirmations/confirmation-store.ts';
import { ABSENT_PREFIX, absenceSchema } from '../guilds/guild-presence-store.ts';
import {
  JOURNAL_PREFIX,
  parseJournalKey,
  journalRecord,
  readJournalKeys,
  uploadLine,
} from '../tasks/journal.ts';
import type { JournalKey } from '../tasks/journal.ts';
import { encodeRecord } from '../records/encode-record.ts';
import {
  CLAIM_PREFIX,
  ENDED_PREFIX,
  DELETE_PREFIX,
  HELD_PREFIX,
  MEMBER_PREFIX,
  OPEN_PREFIX,
  TASK_PREFIX,
  memberMarkSchema,
} from '../tasks/task-keys.ts';
import { REPORT_PREFIX, storedReportSchema } from '../tasks/video-reports.ts';
import { CLICK_PREFIX } from '../tasks/click-claims.ts';
import { madeByClickSchema } from '../../domain/tasks/click-claim.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import { taskIdSchema } from '../../domain/tasks/task-id.ts';
import { fromRecord } from '../tasks/task-record.ts';
import { PREFERENCES_PREFIX } from '../preferences/preferences-store.ts';
import { UNREADABLE_PREFERENCES, preferencesSchema } from '../../domain/preferences/preferences.ts';
import { ACCOUNT_PREFIX } from '../../domain/ledger/account-key.ts';
import type { Ledger } from '../../app/ports/ledger-port.ts';
import { auditEntrySchema } from '../../app/ports/guild-settings-port.ts';
import type { GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';
import { noticeSchema } from '../../domain/notice.ts';

export interface RecordCheckDeps {
  readonly records: RecordStore;
  readonly tasks: TaskStore;
  readonly ledger: Ledger;
  readonly guilds: GuildSettingsStore;
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly log: Log;
}

/** Records of one kind: how to check one, and what to do with a damaged one. */
interface RecordKind {
  readonly prefix: string;
  /** Throws if the record is damaged. */
  readonly read: (value: unknown) => unknown;
  /** Makes the kind's own store read the record, which quarantines it and handles the consequences. */
  readonly quarantineByOwner?: (key: string) => Promise<unknown>;
  /**
   * Rebuilds the record from others. Resolves with `later` if it will be written anyway, and with
   * `undefined` if it cannot be rebuilt.
   */
  readonly rebuild?: (key: string) => Promise<StoredRecord | 'later' | undefined>;
}

/** How many keys are in memory at a time. */
const KEYS_PER_PAGE = 1000;

/**
 * Reads every record once and quarantines damaged ones, also those that nothing else would read for
 * months. Runs in the background after a start, because it reads the whole history.
 */
export async function checkRecords(deps: RecordCheckDeps, signal: AbortSignal): Promise<void> {
  let checked = 0;
  let damaged = 0;
  for (const kind of kindsOf(deps)) {
    for await (const keys of keyPagesUnder(deps.records, kind.prefix, KEYS_PER_PAGE)) {
      damaged += await byChunks(deps.clock, keys, signal, async (chunk) =>
        checkChunk(deps, kind, chunk),
      );
      if (signal.aborted) return;
      checked += keys.length;
    }
  }
  deps.log.info({ checked, quarantine: damaged }, 'records checked');
}

/** Checks a chunk of records, and resolves with the number of damaged ones. */
async function checkChunk(
  deps: RecordCheckDeps,
  kind: RecordKind,
  keys: readonly string[],
): Promise<number> {
  let damaged = 0;
  const values = await deps.records.getMany(keys);
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    // The record was removed meanwhile.
    if (value === undefined) continue;
    try {
      kind.read(value);
    } catch (cause) {
      damaged += 1;
      await quarantine(deps, kind, { key, value }, cause);
    }
  }
  return damaged;
}

async function quarantine(
  { records, clock, log }: RecordCheckDeps,
  { quarantineByOwner, rebuild }: RecordKind,
  damaged: StoredRecord,
  cause: unknown,
): Promise<void> {
  const { key } = damaged;
  if (quarantineByOwner !== undefined) {
    await quarantineByOwner(key);
    return;
  }
  const rebuilt = await rebuild?.(key);
  const written = typeof rebuilt === 'object' ? [rebuilt] : [];
  await records.write([quarantineRecord(damaged, clock.now()), ...written]);
  if (rebuilt === undefined) await records.remove([key]);
  const fields = { record: key, fault: describeDamage(cause) };
  if (rebuilt === undefined) log.error(fields, 'damaged record quarantined');
  else log.error(fields, 'damaged record quarantined: it is rebuilt');
}

/** The kind of a mark, which has no information beyond its key. */
const markKind = (prefix: string): RecordKind => ({
  prefix,
  read: (value) => z.literal(1).parse(value),
  rebuild: async (key) => ({ key, value: 1 }),
});

/** The key has whose data is to go, and where. */
const erasureKind = (clock: Pick<Clock, 'now'>): RecordKind => ({
  prefix: ERASURE_PREFIX,
  read: (value) => storedErasureSchema.parse(value),
  rebuild: async (key) => ({ key, value: { at: clock.now() } }),
});

function kindsOf({ tasks, ledger, guilds, cipher, records, clock }: RecordCheckDeps): RecordKind[] {
  return [
    {
      prefix: ACCOUNT_PREFIX,
      read: (value) => accountSchema.parse(value),
      quarantineByOwner: async (key) => ledger.load([key]),
    },
    {
      prefix: SETTINGS_PREFIX,
      read: (value) => guildSettingsSchema.parse(value),
      quarantineByOwner: async (key) => guilds.get(key.slice(SETTINGS_PREFIX.length)),
    },
    {
      prefix: TASK_PREFIX,
      read: (value) => fromRecord(cipher, value),
      quarantineByOwner: async (key) => tasks.get(key.slice(TASK_PREFIX.length)),
    },
    {
      prefix: JOURNAL_PREFIX,
      // `null` replaces the line of a task that was not started, until it is removed.
      read: (value) => journalLineSchema.nullable().parse(value),
      rebuild: async (key) => rebuildLine({ tasks, records }, key),
    },
    {
      prefix: MEMBER_PREFIX,
      read: (value) => memberMarkSchema.parse(value),
      rebuild: async (key) => rebuildMemberMark(records, key),
    },
    {
      prefix: OPEN_PREFIX,
      // Earlier versions wrote 1, which has the task read.
      read: (value) => z.union([z.literal(1), snowflakeSchema]).parse(value),
      rebuild: async (key) => ({ key, value: 1 }),
    },
    ...[HELD_PREFIX, ENDED_PREFIX, DELETE_PREFIX].map(markKind),
    erasureKind(clock),
    { prefix: CLAIM_PREFIX, read: (value) => taskIdSchema.parse(value) },
    { prefix: REPORT_PREFIX, read: (value) => storedReportSchema.parse(value) },
    { prefix: CLICK_PREFIX, read: (value) => madeByClickSchema.parse(value) },
    { prefix: ABSENT_PREFIX, read: (value) => absenceSchema.parse(value) },
    { prefix: AUDIT_PREFIX, read: (value) => auditEntrySchema.parse(value) },
    { prefix: NOTICE_PREFIX, read: (value) => noticeSchema.parse(value) },
    {
      prefix: PREFERENCES_PREFIX,
      read: (value) => preferencesSchema.parse(value),
      rebuild: async (key) => ({ key, value: UNREADABLE_PREFERENCES }),
    },
    { prefix: ASSET_PREFIX, read: (value) => assetSchema.parse(value) },
    { prefix: NAMED_PREFIX, read: (value) => namedAssetsSchema.parse(value) },
    { prefix: ASSET_GROUP_PREFIX, read: (value) => assetGroupSchema.parse(value) },
    { prefix: ASSET_ID_PREFIX, read: (value) => z.literal(true).parse(value) },
    { prefix: CONFIRMATION_PREFIX, read: (value) => storedConfirmationSchema.parse(value) },
    {
      prefix: QUARANTINE_PREFIX,
      read: (value) => quarantineSchema.parse(value),
      rebuild: async (key) => ({ key, value: { at: clock.now() } }),
    },
  ];
}

/**
 * Rebuilds a journal line from its task, or from the name that its upload was for. The next money
 * change of a running task writes it anyway.
 */
async function rebuildLine(
  { tasks, records }: { readonly tasks: TaskStore; readonly records: RecordStore },
  key: string,
): Promise<StoredRecord | 'later' | undefined> {
  const parts = parseJournalKey(key);
  if (parts === undefined) return undefined;
  const task = await tasks.get(parts.taskId);
  if (task === undefined) return rebuildUploadLine(records, parts);
  return task.money.state === 'reserved' ? 'later' : journalRecord(task)[0];
}

async function rebuildUploadLine(
  records: RecordStore,
  { key, guildId, taskId: id }: JournalKey,
): Promise<StoredRecord | undefined> {
  const named = namedAssetsSchema.safeParse(await records.get(`${NAMED_PREFIX}${guildId}`)).data;
  const lines = (named ?? []).flatMap((asset) =>
    asset.charges.flatMap((charge) => (charge.id === id ? [uploadLine(asset, charge)] : [])),
  );
  const [line] = lines;
  return line && { key, value: encodeRecord(line) };
}

/** Rebuilds a member's mark: the key of the task's journal line has its guild and month. */
async function rebuildMemberMark(
  records: RecordStore,
  key: string,
): Promise<StoredRecord | undefined> {
  const taskId = key.split(':')[2];
  const lines = await readJournalKeys(records);
  const line = lines.find((one) => one.taskId === taskId);
  if (line === undefined) return undefined;
  return { key, value: { guildId: line.guildId, month: line.month } };
}
