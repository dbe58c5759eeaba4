import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ConfirmationStore } from '../app/confirmation-port.ts';
import type { DeletedData, PersonalDataStore } from '../app/personal-data-port.ts';
import type { RecordStore } from '../app/record-store-port.ts';
import type { ForgettingStore } from '../app/retention.ts';
import { journalLineSchema } from '../domain/ledger/journal-line.ts';
import type { JournalLine } from '../domain/ledger/journal-line.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Cipher } from './cipher.ts';
import { JOURNAL_PREFIX, journalKeyOf, journalMonthPrefix } from './journal.ts';
import {
  ENDED_PREFIX,
  FORGET_PREFIX,
  dayOf,
  endedKey,
  endedPrefix,
  forgetKey,
  memberKey,
  memberPrefix,
  taskKey,
} from './task-keys.ts';
import { fromRecord } from './task-record.ts';

export interface ForgettingDeps {
  readonly records: RecordStore;
  readonly cipher: Cipher;
  /** Keys the hash that stands for a member in the journal; 32 bytes. */
  readonly key: Uint8Array;
}

const markSchema = z.object({ guildId: z.string(), month: z.string() });

/** What may be forgotten: over, and its money not held. */
function isOver({ stage, money }: Task): boolean {
  return stage.name === 'ended' && money.state !== 'held';
}

export function createForgettingStore(
  deps: ForgettingDeps,
  confirmations: Pick<ConfirmationStore, 'sweep'>,
): ForgettingStore {
  const { records } = deps;
  return {
    async forgetTasksEndedBefore(beforeMs) {
      const marks = await records.keysUnder(ENDED_PREFIX, endedPrefix(dayOf(beforeMs) + 1));
      const ids = marks.map((key) => key.slice(endedPrefix(0).length));
      const tasks = await readTasks(deps, ids);
      const old = tasks.filter(
        (task) => isOver(task) && task.stage.name === 'ended' && task.stage.endedAt < beforeMs,
      );
      const lines = await records.getMany(old.map(lineKeyOf));
      // The mark first: nothing else leads to it once the task is gone.
      await records.remove(old.filter((_, index) => lines[index] === undefined).map(memberKey));
      return removeTasks(records, old);
    },
    async forgetAsAsked() {
      const marks = await records.keysUnder(FORGET_PREFIX);
      const ids = marks.map((key) => key.slice(FORGET_PREFIX.length));
      const over = (await readTasks(deps, ids)).filter(isOver);
      await nameless(deps, over.map(lineKeyOf));
      const gone = await removeTasks(records, over);
      await records.remove(over.flatMap((task) => [forgetKey(task.id), memberKey(task)]));
      return gone;
    },
    async forgetLinesBefore(beforeMs) {
      // A guild's month may begin a day before or after UTC's.
      const keys = await records.keysUnder(
        JOURNAL_PREFIX,
        journalMonthPrefix(monthAfter(beforeMs)),
      );
      const lines = await readLines(records, keys);
      const old = lines.filter(({ line }) => line.at < beforeMs);
      const tasks = await records.getMany(old.map(({ line }) => taskKey(line.task)));
      await records.remove(
        old
          .filter((_, index) => tasks[index] === undefined)
          .map(({ line }) => memberKey({ memberId: line.member, id: line.task })),
      );
      await records.remove(old.map(({ key }) => key));
      return old.length;
    },
    forgetUnconfirmed: async (nowMs) => confirmations.sweep(nowMs),
  };
}

/** The second month after an instant's in UTC: everything before it is asked for. */
function monthAfter(instantMs: number): string {
  const date = new Date(instantMs);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 2, 1))
    .toISOString()
    .slice(0, 7);
}

export function createPersonalDataStore(
  deps: ForgettingDeps,
  confirmations: Pick<ConfirmationStore, 'ofMember' | 'remove'>,
): PersonalDataStore {
  const { records } = deps;
  return {
    async read(memberId) {
      const marks = await readMarks(records, memberId);
      const lines = await readLines(
        records,
        marks.map(({ lineKey }) => lineKey),
      );
      const tasks = await readTasks(
        deps,
        marks.map(({ id }) => id),
      );
      const pending = await confirmations.ofMember(memberId);
      return { tasks, lines: lines.map(({ line }) => line), pending };
    },
    async delete(memberId): Promise<DeletedData> {
      const pending = await confirmations.ofMember(memberId);
      await confirmations.remove(pending.map(({ id }) => id));
      const marks = await readMarks(records, memberId);
      const tasks = await readTasks(
        deps,
        marks.map(({ id }) => id),
      );
      const later = new Set(tasks.filter((task) => !isOver(task)).map(({ id }) => id));
      const now = marks.filter(({ id }) => !later.has(id));
      await records.write([...later].map((id) => ({ key: forgetKey(id), value: 1 })));
      const lines = await nameless(
        deps,
        now.map(({ lineKey }) => lineKey),
      );
      const gone = await removeTasks(records, tasks.filter(isOver));
      await records.remove(now.map(({ id }) => memberKey({ memberId, id })));
      return { tasks: gone, later: later.size, lines, pending: pending.length };
    },
  };
}

const lineKeyOf = (task: Task): string => journalKeyOf(task.guildId, task.journalMonth, task.id);

/** Of a member's tasks, over all guilds, as long as their journal lines are kept. */
export async function readMarks(records: RecordStore, memberId: string) {
  const prefix = memberPrefix(memberId);
  const keys = await records.keysUnder(prefix);
  const values = await records.getMany(keys);
  return keys.flatMap((key, index) => {
    const id = key.slice(prefix.length);
    const mark = markSchema.safeParse(values[index]);
    if (!mark.success) return [];
    const { guildId, month } = mark.data;
    return [{ id, guildId, lineKey: journalKeyOf(guildId, month, id) }];
  });
}

/** Tasks that are there and can be read. */
export async function readTasks(
  { records, cipher }: ForgettingDeps,
  ids: readonly string[],
): Promise<Task[]> {
  const values = await records.getMany(ids.map(taskKey));
  return values.flatMap((value) => {
    if (value === undefined) return [];
    try {
      return [fromRecord(cipher, value)];
    } catch {
      // Damaged: whoever needs it sets it aside, loudly; here there is nothing to read or delete.
      return [];
    }
  });
}

async function readLines(
  records: RecordStore,
  keys: readonly string[],
): Promise<{ key: string; line: JournalLine }[]> {
  const values = await records.getMany(keys);
  return keys.flatMap((key, index) => {
    const line = journalLineSchema.safeParse(values[index]);
    return line.success ? [{ key, line: line.data }] : [];
  });
}

async function removeTasks(records: RecordStore, tasks: readonly Task[]): Promise<number> {
  await records.remove(
    tasks.flatMap(({ id, stage }) =>
      stage.name === 'ended' ? [taskKey(id), endedKey(id, stage.endedAt)] : [],
    ),
  );
  return tasks.length;
}

/** The lines without the member's id: the same hash for the same member, so that sums stay readable. */
async function nameless(
  { records, key }: ForgettingDeps,
  lineKeys: readonly string[],
): Promise<number> {
  const lines = await readLines(records, lineKeys);
  await records.write(
    lines.map(({ key: lineKey, line }) => {
      const hash = createHmac('sha256', key).update(line.member).digest('base64url').slice(0, 22);
      const value = z.encode(journalLineSchema, { ...line, member: `deleted-${hash}` });
      return { key: lineKey, value };
    }),
  );
  return lines.length;
}
