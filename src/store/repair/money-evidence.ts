import { z } from 'zod';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { NO_MONEY } from '../../domain/ledger/task-money.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import { countedCost, videosOf } from '../../domain/ledger/usage-sums.ts';
import { keysOf, operatorWindows } from '../../domain/ledger/windows.ts';
import type { WindowKeys } from '../../domain/ledger/windows.ts';
import { initialZone, windowsIn, zoneSettingSchema } from '../../domain/ledger/zone-setting.ts';
import type { ZoneSetting } from '../../domain/ledger/zone-setting.ts';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
import { pagesUnder } from '../records/pages-under.ts';
import { NAMED_PREFIX } from '../library/named-asset-store.ts';
import { JOURNAL_PREFIX, parseJournalKey } from '../tasks/journal.ts';
import { TASK_PREFIX } from '../tasks/task-keys.ts';

/**
 * The money of one task or of one upload by its record, or by its journal line if the record no longer
 * exists.
 */
export interface MoneyEvidence {
  readonly guildId: string;
  /** The member's id, or the hash that replaced it. */
  readonly member: string;
  readonly money: TaskMoney;
  /** The operator's side; `undefined` when it is the same. */
  readonly operatorMoney?: TaskMoney | undefined;
  readonly windows: { readonly guild: WindowKeys; readonly operator: WindowKeys };
}

/** Records per read, so that other work gets its turn in between. */
const CHUNK = 200;

/**
 * Reads what is known of the money of every task and every upload, in one guild or in all. Reads the
 * whole history, so it is only for the recovery of a damaged account.
 */
export async function readMoneyEvidence(
  records: RecordReader,
  guildId: string | undefined,
): Promise<MoneyEvidence[]> {
  const found: MoneyEvidence[] = [];
  for await (const evidence of eachMoneyEvidence(records, guildId)) found.push(evidence);
  return found;
}

/** The same, one after the other; only the ids are kept in memory. */
export async function* eachMoneyEvidence(
  records: RecordReader,
  guildId: string | undefined,
): AsyncGenerator<MoneyEvidence> {
  const seen = new Set<string>();
  for await (const [id, evidence] of ofRecords(records, guildId)) {
    seen.add(id);
    yield evidence;
  }
  const zones = new Map<string, ZoneSetting>();
  for await (const [key, value] of recordsUnder(records, JOURNAL_PREFIX)) {
    const parts = parseJournalKey(key);
    if (parts === undefined || seen.has(parts.taskId)) continue;
    if (guildId !== undefined && parts.guildId !== guildId) continue;
    const line = journalLineSchema.safeParse(value).data;
    if (line === undefined) continue;
    const zone = zones.get(parts.guildId) ?? (await readZone(records, parts.guildId));
    zones.set(parts.guildId, zone);
    seen.add(parts.taskId);
    yield evidenceOf(line, parts.guildId, zone);
  }
}

/** What the records of tasks and uploads say, which is more than their journal lines do. */
async function* ofRecords(
  records: RecordReader,
  only: string | undefined,
): AsyncGenerator<[id: string, MoneyEvidence]> {
  for await (const [, value] of recordsUnder(records, TASK_PREFIX)) {
    const task = openRecordSchema.safeParse(value).data;
    if (task === undefined || (only !== undefined && task.guildId !== only)) continue;
    const { id, guildId, memberId: member, money, operatorMoney, windows } = task;
    yield [id, { guildId, member, money, windows, ...(operatorMoney && { operatorMoney }) }];
  }
  for await (const [key, value] of recordsUnder(records, NAMED_PREFIX)) {
    const guildId = key.slice(NAMED_PREFIX.length);
    if (only !== undefined && only !== guildId) continue;
    for (const { memberId: member, charges } of namedAssetsSchema.safeParse(value).data ?? []) {
      for (const { id, money, windows } of charges) yield [id, { guildId, member, money, windows }];
    }
  }
}

async function* recordsUnder(
  records: RecordReader,
  prefix: string,
): AsyncGenerator<readonly [key: string, value: unknown]> {
  for await (const { keys, values } of pagesUnder(records, prefix, CHUNK)) {
    for (const [index, key] of keys.entries()) yield [key, values[index]];
  }
}

/** The evidence of a journal line. Its windows follow from its time, which may miss at their boundary. */
function evidenceOf(line: JournalLine, guildId: string, zone: ZoneSetting): MoneyEvidence {
  const { operator } = line;
  return {
    guildId,
    member: line.member,
    money: moneyOf(line, countedCost(line)),
    ...(operator === undefined
      ? {}
      : { operatorMoney: moneyOf({ ...line, state: operator.state }, operator.amount) }),
    windows: {
      guild: keysOf(windowsIn(zone, line.at)),
      operator: keysOf(operatorWindows(line.at)),
    },
  };
}

function moneyOf(line: JournalLine, cost: Micros | undefined): TaskMoney {
  const { state, seconds } = line;
  const need = { videos: BigInt(videosOf(line)), seconds: BigInt(Math.max(0, Math.ceil(seconds))) };
  const amounts = cost === undefined ? need : { ...need, cost };
  switch (state) {
    case 'reserved':
    case 'held':
    case 'settled':
      return { state, amounts };
    case 'settled (assumed)':
      return { state: 'settled', amounts, assumed: true };
    case 'released':
    case 'released (assumed)':
      return NO_MONEY;
  }
}

const zoned = z.object({ zone: zoneSettingSchema });

/** Reads a guild's time zone; UTC if its settings are missing or damaged. */
export async function readZone(records: RecordReader, guildId: string): Promise<ZoneSetting> {
  const settings = zoned.safeParse(await records.get(`guild:${guildId}`));
  return settings.data?.zone ?? initialZone('UTC');
}
