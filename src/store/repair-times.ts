import { z } from 'zod';
import type { Clock } from '../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../app/ports/record-store-port.ts';
import { QUARANTINE_PREFIX, quarantineSchema } from './records/quarantine.ts';
import { SLACK_MS, isAhead, isTime } from '../domain/recorded-times.ts';
import { journalLineSchema } from '../domain/ledger/journal-line.ts';
import type { JournalLine } from '../domain/ledger/journal-line.ts';
import { monthLabel } from '../domain/ledger/month-label.ts';
import { openRecordSchema } from '../domain/tasks/task.ts';
import { byChunks } from './records/by-chunks.ts';
import {
  JOURNAL_PREFIX,
  journalKeyOf,
  parseJournalKey,
  journalMonthPrefix,
} from './tasks/journal.ts';
import { readZone } from './repair/money-evidence.ts';
import {
  ENDED_PREFIX,
  dayOf,
  endedKey,
  endedPrefix,
  memberKey,
  taskKey,
} from './tasks/task-keys.ts';

interface Deps {
  readonly records: RecordStore;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
}

/**
 * Dates at now what a wrong clock dated in the future, so that it is deleted in time: the marks of
 * ended tasks, journal lines, and quarantined records, also those without a known time. Reads only
 * marks and lines with a future date, and all quarantined records.
 */
export async function repairTimes(
  { records, clock }: Deps,
  nowMs: number,
  signal: AbortSignal,
): Promise<void> {
  const marks = await records.keysUnder(ENDED_PREFIX, {
    from: endedPrefix(dayOf(nowMs + SLACK_MS) + 1),
  });
  await byChunks(clock, marks, signal, async (chunk) => moveMarks(records, chunk, nowMs));
  const lines = await records.keysUnder(JOURNAL_PREFIX, {
    from: journalMonthPrefix(nextMonth(nowMs)),
  });
  await byChunks(clock, lines, signal, async (chunk) => moveLines(records, chunk, nowMs));
  const copies = await records.keysUnder(QUARANTINE_PREFIX);
  await byChunks(clock, copies, signal, async (chunk) => dateQuarantined(records, chunk, nowMs));
}

async function moveMarks(
  records: RecordStore,
  marks: readonly string[],
  nowMs: number,
): Promise<number> {
  const ids = marks.map((key) => key.slice(endedPrefix(0).length));
  await records.write(ids.map((id) => ({ key: endedKey(id, nowMs), value: 1 })));
  await records.remove(marks);
  return marks.length;
}

/** The next month in UTC; a guild's next month may begin up to a day earlier. */
function nextMonth(nowMs: number): string {
  const now = new Date(nowMs);
  return monthLabel(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1), 'UTC');
}

interface Found {
  readonly key: string;
  readonly guildId: string;
  readonly line: JournalLine;
}

async function moveLines(
  records: RecordStore,
  keys: readonly string[],
  nowMs: number,
): Promise<number> {
  const values = await records.getMany(keys);
  const found = keys.flatMap((key, index): Found[] => {
    const line = journalLineSchema.safeParse(values[index]).data;
    const guildId = parseJournalKey(key)?.guildId;
    if (line === undefined || guildId === undefined || !isAhead(line.at, nowMs)) return [];
    return [{ key, guildId, line }];
  });
  const tasks = await records.getMany(found.map(({ line }) => taskKey(line.task)));
  // While a task's money can change, the task rewrites its line under the old key: such lines wait.
  const settled = found.filter((_, index) => !mayMoneyChange(tasks[index]));
  for (const one of settled) {
    await moveLine(records, one, nowMs);
  }
  return settled.length;
}

function mayMoneyChange(task: unknown): boolean {
  const { data } = openRecordSchema.safeParse(task);
  if (data === undefined) return false;
  return data.stage.name !== 'ended' || data.money.state === 'held';
}

async function moveLine(
  records: RecordStore,
  { key, guildId, line }: Found,
  nowMs: number,
): Promise<void> {
  const { zone } = await readZone(records, guildId);
  const month = monthLabel(nowMs, zone);
  const value = z.encode(journalLineSchema, { ...line, at: nowMs });
  const mark = memberKey({ memberId: line.member, id: line.task });
  const isMarked = (await records.get(mark)) !== undefined;
  await records.write([
    { key: journalKeyOf(guildId, month, line.task), value },
    ...(isMarked ? [{ key: mark, value: { guildId, month } }] : []),
  ]);
  await records.remove([key]);
}

async function dateQuarantined(
  records: RecordStore,
  keys: readonly string[],
  nowMs: number,
): Promise<number> {
  const values = await records.getMany(keys);
  const dated = keys.flatMap((key, index): StoredRecord[] => {
    const copy = quarantineSchema.safeParse(values[index]).data;
    if (copy === undefined) return [];
    const isWrong = isAhead(copy.at, nowMs) || !isTime(copy.at);
    return isWrong ? [{ key, value: { ...copy, at: nowMs } }] : [];
  });
  await records.write(dated);
  return dated.length;
}
