import { z } from 'zod';
import type { JournalStore } from '../../app/ports/journal-port.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { pagesUnder } from '../records/pages-under.ts';

/** By month, so that old ones are found without the rest; by guild, so that one guild's stand together. */
export const JOURNAL_PREFIX = 'journal:';
export const journalMonthPrefix = (month: string): string => `${JOURNAL_PREFIX}${month}:`;
/** Of one guild's month. */
export const journalGuildPrefix = (guildId: string, month: string): string =>
  `${journalMonthPrefix(month)}${guildId}:`;
export const journalKeyOf = (guildId: string, month: string, taskId: string): string =>
  `${journalGuildPrefix(guildId, month)}${taskId}`;

/** Where a line stands, and so whose it is. */
export interface JournalPlace {
  readonly key: string;
  readonly month: string;
  readonly guildId: string;
  readonly taskId: string;
}

/** Undefined: no journal key. */
export function journalPlaceOf(key: string): JournalPlace | undefined {
  const [, month, guildId, taskId] = /^journal:(\d{4}-\d{2}):(\d+):(\d+)$/.exec(key) ?? [];
  if (month === undefined || guildId === undefined || taskId === undefined) return undefined;
  return { key, month, guildId, taskId };
}

/** Every line's place: walks the whole journal, for the rare record that cannot tell its own. */
export async function walkJournal(records: RecordStore): Promise<JournalPlace[]> {
  const keys = await records.keysUnder(JOURNAL_PREFIX);
  return keys.flatMap((key) => journalPlaceOf(key) ?? []);
}

/** The task's line as its money stands; what never began has none. */
export function journalRecord(task: Task): StoredRecord[] {
  const line = journalLine(task);
  // Nothing in its place, in the same commit: a line that stood there for what never began is gone.
  if (line === undefined) return [{ key: journalKey(task), value: null }];
  return [{ key: journalKey(task), value: z.encode(journalLineSchema, line) }];
}

export function journalKey(task: Task): string {
  return journalKeyOf(task.guildId, task.journalMonth, task.id);
}

/** Undefined for what never began: nothing was asked of anybody. */
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
    ...(quote.kind === 'priced' ? { quoted: quote.micros, currency: quote.currency } : {}),
    ...(cost === undefined ? {} : { settled: cost }),
    state: stateOf(money),
    ...(operatorMoney === undefined || operatorMoney.state === 'none'
      ? {}
      : { operator: { state: stateOf(operatorMoney), ...amountOf(operatorMoney) } }),
  };
}

function stateOf(money: Exclude<TaskMoney, { state: 'none' }>): JournalLine['state'] {
  return money.state === 'released' && money.assumed ? 'released (assumed)' : money.state;
}

function amountOf(money: TaskMoney): { amount?: Micros } {
  if (!('amounts' in money) || money.amounts.cost === undefined) return {};
  return { amount: money.amounts.cost };
}

/** Read in a few milliseconds. */
const LINES_PER_PAGE = 250;

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
