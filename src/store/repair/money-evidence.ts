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
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
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
  records: RecordStore,
  guildId: string | undefined,
): Promise<MoneyEvidence[]> {
  const byId = new Map<string, MoneyEvidence>([
    ...(await ofTasks(records, guildId)),
    ...(await ofUploads(records, guildId)),
  ]);
  const zones = new Map<string, ZoneSetting>();
  for await (const [key, value] of recordsUnder(records, JOURNAL_PREFIX)) {
    const parts = parseJournalKey(key);
    if (parts === undefined || byId.has(parts.taskId)) continue;
    if (guildId !== undefined && parts.guildId !== guildId) continue;
    const line = journalLineSchema.safeParse(value).data;
    if (line === undefined) continue;
    const zone = zones.get(parts.guildId) ?? (await readZone(records, parts.guildId));
    zones.set(parts.guildId, zone);
    byId.set(parts.taskId, evidenceOf(line, parts.guildId, zone));
  }
  return [...byId.values()];
}

async function ofTasks(
  records: RecordStore,
  guildId: string | undefined,
): Promise<[string, MoneyEvidence][]> {
  const found: [string, MoneyEvidence][] = [];
  for await (const [, value] of recordsUnder(records, TASK_PREFIX)) {
    const task = openRecordSchema.safeParse(value).data;
    if (task === undefined || (guildId !== undefined && task.guildId !== guildId)) continue;
    found.push([task.id, { ...task, member: task.memberId }]);
  }
  return found;
}

async function ofUploads(
  records: RecordStore,
  only: string | undefined,
): Promise<[string, MoneyEvidence][]> {
  const found: [string, MoneyEvidence][] = [];
  for await (const [key, value] of recordsUnder(records, NAMED_PREFIX)) {
    const guildId = key.slice(NAMED_PREFIX.length);
    if (only !== undefined && only !== guildId) continue;
    for (const { memberId: member, charges } of namedAssetsSchema.safeParse(value).data ?? []) {
      for (const { id, money, windows } of charges) {
        found.push([id, { guildId, member, money, windows }]);
      }
    }
  }
  return found;
}

async function* recordsUnder(
  records: RecordStore,
  prefix: string,
): AsyncGenerator<readonly [key: string, value: unknown]> {
  const keys = await records.keysUnder(prefix);
  for (let at = 0; at < keys.length; at += CHUNK) {
    const chunk = keys.slice(at, at + CHUNK);
    const values = await records.getMany(chunk);
    for (const [index, key] of chunk.entries()) yield [key, values[index]];
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
export async function readZone(records: RecordStore, guildId: string): Promise<ZoneSetting> {
  const settings = zoned.safeParse(await records.get(`guild:${guildId}`));
  return settings.data?.zone ?? initialZone('UTC');
}
