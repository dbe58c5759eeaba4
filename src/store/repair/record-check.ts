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
import { byChunks } from '../records/by-chunks.ts';
import { keyPagesUnder } from '../records/pages-under.ts';
import type { Cipher } from '../records/cipher.ts';
import {
  CONFIRMATION_PREFIX,
  storedConfirmationSchema,
} from '../confirmations/confirmation-store.ts';
import { ABSENT_PREFIX, absenceSchema } from '../guilds/guild-presence-store.ts';
import { JOURNAL_PREFIX, journalPlaceOf, journalRecord, walkJournal } from '../tasks/journal.ts';
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
import { taskIdSchema } from '../../domain/tasks/task-id.ts';
import { fromRecord } from '../tasks/task-record.ts';
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

/** Records of one kind: how one is judged, and what becomes of one that cannot be read. */
interface RecordKind {
  readonly prefix: string;
  /** Throws where the record is damaged. */
  readonly read: (value: unknown) => unknown;
  /** Who owns the kind sets it aside by himself, and counts or closes what follows from it. */
  readonly byOwner?: (key: string) => Promise<unknown>;
  /** What the others still know of it, to stand in its place; undefined: nothing. */
  readonly again?: (key: string) => Promise<StoredRecord | 'soon' | undefined>;
}

/** How many keys are in memory at a time. */
const KEYS_PER_PAGE = 1000;

/**
 * Reads every record once, and sets aside what is damaged: also what nothing would meet for months.
 * Made beside the bot's work after a start, for it walks history.
 */
export async function checkRecords(deps: RecordCheckDeps, signal: AbortSignal): Promise<void> {
  let checked = 0;
  let damaged = 0;
  for (const kind of kindsOf(deps)) {
    for await (const keys of keyPagesUnder(deps.records, kind.prefix, KEYS_PER_PAGE)) {
      damaged += await byChunks(deps.clock, keys, signal, async (some) =>
        checkChunk(deps, kind, some),
      );
      if (signal.aborted) return;
      checked += keys.length;
    }
  }
  deps.log.info({ checked, quarantine: damaged }, 'records checked');
}

/** How many of them were damaged. */
async function checkChunk(
  deps: RecordCheckDeps,
  kind: RecordKind,
  keys: readonly string[],
): Promise<number> {
  let damaged = 0;
  const values = await deps.records.getMany(keys);
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    // Removed meanwhile.
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
  { byOwner, again }: RecordKind,
  damaged: StoredRecord,
  cause: unknown,
): Promise<void> {
  const { key } = damaged;
  if (byOwner !== undefined) {
    await byOwner(key);
    return;
  }
  const anew = await again?.(key);
  const written = typeof anew === 'object' ? [anew] : [];
  await records.write([quarantineRecord(damaged, clock.now()), ...written]);
  if (anew === undefined) await records.remove([key]);
  const fields = { record: key, fault: describeDamage(cause) };
  if (anew === undefined) log.error(fields, 'damaged record set aside');
  else log.error(fields, 'damaged record set aside: it is written anew');
}

/** A mark says everything by its key. */
const markKind = (prefix: string): RecordKind => ({
  prefix,
  read: (value) => z.literal(1).parse(value),
  again: async (key) => ({ key, value: 1 }),
});

function kindsOf({ tasks, ledger, guilds, cipher, records, clock }: RecordCheckDeps): RecordKind[] {
  return [
    {
      prefix: ACCOUNT_PREFIX,
      read: (value) => accountSchema.parse(value),
      byOwner: async (key) => ledger.load([key]),
    },
    {
      prefix: SETTINGS_PREFIX,
      read: (value) => guildSettingsSchema.parse(value),
      byOwner: async (key) => guilds.get(key.slice(SETTINGS_PREFIX.length)),
    },
    {
      prefix: TASK_PREFIX,
      read: (value) => fromRecord(cipher, value),
      byOwner: async (key) => tasks.get(key.slice(TASK_PREFIX.length)),
    },
    {
      prefix: JOURNAL_PREFIX,
      // Nothing stands where a task never began, until the line is removed.
      read: (value) => journalLineSchema.nullable().parse(value),
      again: async (key) => lineAgain(tasks, key),
    },
    {
      prefix: MEMBER_PREFIX,
      read: (value) => memberMarkSchema.parse(value),
      again: async (key) => memberMarkAgain(records, key),
    },
    ...[OPEN_PREFIX, HELD_PREFIX, ENDED_PREFIX, DELETE_PREFIX].map(markKind),
    { prefix: CLAIM_PREFIX, read: (value) => taskIdSchema.parse(value) },
    { prefix: ABSENT_PREFIX, read: (value) => absenceSchema.parse(value) },
    { prefix: AUDIT_PREFIX, read: (value) => auditEntrySchema.parse(value) },
    { prefix: NOTICE_PREFIX, read: (value) => noticeSchema.parse(value) },
    { prefix: CONFIRMATION_PREFIX, read: (value) => storedConfirmationSchema.parse(value) },
    {
      prefix: QUARANTINE_PREFIX,
      read: (value) => quarantineSchema.parse(value),
      again: async (key) => ({ key, value: { at: clock.now() } }),
    },
  ];
}

/** From its task; of one that is under way the line is written with its next money. */
async function lineAgain(
  tasks: TaskStore,
  key: string,
): Promise<StoredRecord | 'soon' | undefined> {
  const taskId = journalPlaceOf(key)?.taskId;
  const task = taskId === undefined ? undefined : await tasks.get(taskId);
  if (task === undefined) return undefined;
  return task.money.state === 'reserved' ? 'soon' : journalRecord(task)[0];
}

/** The journal knows the guild and the month of a task. */
async function memberMarkAgain(
  records: RecordStore,
  key: string,
): Promise<StoredRecord | undefined> {
  const taskId = key.split(':')[2];
  const places = await walkJournal(records);
  const place = places.find((found) => found.taskId === taskId);
  if (place === undefined) return undefined;
  return { key, value: { guildId: place.guildId, month: place.month } };
}
