import { encodeRecord } from '../records/encode-record.ts';
import type { JournalStore } from '../../app/ports/journal-port.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { EarlierAttempt, JournalLine } from '../../domain/ledger/journal-line.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import { currentRoute, isAuto } from '../../domain/tasks/plan.ts';
import type { NamedAsset, UploadCharge } from '../../domain/library/named-asset.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { pagesUnder } from '../records/pages-under.ts';

/** Journal keys sort by month, so that old lines are found without the rest, and then by guild. */
export const JOURNAL_PREFIX = 'journal:';
export const journalMonthPrefix = (month: string): string => `${JOURNAL_PREFIX}${month}:`;
/** The prefix of one guild's lines of a month. */
export const journalGuildPrefix = (guildId: string, month: string): string =>
  `${journalMonthPrefix(month)}${guildId}:`;
export const journalKeyOf = (guildId: string, month: string, taskId: string): string =>
  `${journalGuildPrefix(guildId, month)}${taskId}`;

/** A journal key and its parts. */
export interface JournalKey {
  readonly key: string;
  readonly month: string;
  readonly guildId: string;
  readonly taskId: string;
}

/** Parses a journal key; `undefined` if it is none. */
export function parseJournalKey(key: string): JournalKey | undefined {
  const [, month, guildId, taskId] = /^journal:(\d{4}-\d{2}):(\d+):(\d+)$/.exec(key) ?? [];
  if (month === undefined || guildId === undefined || taskId === undefined) return undefined;
  return { key, month, guildId, taskId };
}

/** Reads the keys of the whole journal; only for records whose line cannot be located otherwise. */
export async function readJournalKeys(records: RecordStore): Promise<JournalKey[]> {
  const keys = await records.keysUnder(JOURNAL_PREFIX);
  return keys.flatMap((key) => parseJournalKey(key) ?? []);
}

/** The record of a task's journal line, with its current money; none for a task that was not started. */
export function journalRecord(task: Task): StoredRecord[] {
  const line = journalLine(task);
  if (line === undefined) return [];
  return [{ key: journalKey(task), value: encodeRecord(line) }];
}

export function journalKey(task: Task): string {
  return journalKeyOf(task.guildId, task.journalMonth, task.id);
}

/** The journal line of a task; `undefined` for a task that was not started, which no provider got. */
export function journalLine(task: Task): JournalLine | undefined {
  const { money, operatorMoney } = task;
  const { route, durationSeconds, resolution, quote } = currentRoute(task);
  if (money.state === 'none') return undefined;
  if ('outcome' in task.stage && task.stage.outcome.kind === 'not-started') return undefined;
  const cost = money.state === 'settled' ? money.amounts.cost : undefined;
  return {
    at: task.acceptedAt,
    task: task.id,
    member: task.memberId,
    route,
    seconds: durationSeconds,
    resolution,
    ...(quote.kind === 'priced' ? { quoted: quote.micros } : {}),
    ...(quote.currency === undefined ? {} : { currency: quote.currency }),
    ...(cost === undefined ? {} : { settled: cost }),
    state: stateOf(money),
    ...(isAuto(task) ? earlierOf(task) : {}),
    ...(operatorMoney === undefined || operatorMoney.state === 'none'
      ? {}
      : { operator: { state: stateOf(operatorMoney), ...amountOf(operatorMoney) } }),
  };
}

/** The journal line of an upload that has a name: it makes no video. */
export function uploadLine(
  { addedAt, memberId }: Pick<NamedAsset, 'addedAt' | 'memberId'>,
  { id, priceKey, quoted, currency, money }: UploadCharge,
): JournalLine {
  const cost = money.state === 'settled' ? money.amounts.cost : undefined;
  return {
    at: addedAt,
    task: id,
    member: memberId,
    route: priceKey,
    isUpload: true,
    seconds: 0,
    resolution: '',
    ...(quoted === undefined ? {} : { quoted, currency }),
    ...(cost === undefined ? {} : { settled: cost }),
    state: money.state === 'none' ? 'reserved' : stateOf(money),
  };
}

function earlierOf(task: Task): Pick<JournalLine, 'earlier'> {
  const { plan, attempts } = task;
  const own = attempts.at(-1)?.route === currentRoute(task).route ? -1 : attempts.length;
  const earlier = attempts.slice(0, own).flatMap(({ at, route }): EarlierAttempt[] => {
    const planned = plan.routes.find((known) => known.route === route);
    if (planned === undefined) return [];
    const { durationSeconds: seconds, resolution, quote } = planned;
    const quoted = quote.kind === 'priced' ? { quoted: quote.micros } : {};
    return [{ at, route, seconds, resolution, ...quoted }];
  });
  return earlier.length === 0 ? {} : { earlier };
}

function stateOf(money: Exclude<TaskMoney, { state: 'none' }>): JournalLine['state'] {
  if (money.state !== 'settled' && money.state !== 'released') return money.state;
  return money.assumed === true ? `${money.state} (assumed)` : money.state;
}

function amountOf(money: TaskMoney): { amount?: Micros } {
  if (!('amounts' in money) || money.amounts.cost === undefined) return {};
  return { amount: money.amounts.cost };
}

/** Read in a few milliseconds. */
const LINES_PER_PAGE = 100;

/** Creates the store that reads the journal. */
export function createJournalStore(records: RecordStore): JournalStore {
  return {
    async *readMonth(guildId, month) {
      const prefix = journalGuildPrefix(guildId, month);
      for await (const { values } of pagesUnder(records, prefix, LINES_PER_PAGE)) {
        yield values.flatMap((value) => {
          const line = journalLineSchema.safeParse(value);
          return line.success ? [line.data] : [];
        });
      }
    },
  };
}
