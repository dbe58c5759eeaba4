import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HistoryPage, HistoryStart } from '../../../src/app/ports/history-port.ts';
import { snowflakeTime } from '../../../src/domain/tasks/snowflake.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createHistoryStore } from '../../../src/store/history/history-store.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { memberKey, taskKey } from '../../../src/store/tasks/task-keys.ts';
import { toRecord } from '../../../src/store/tasks/task-record.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID, aTask } from '../../fakes/a-task.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const OTHER_GUILD = '1300000000000000011';
const OTHER_MEMBER = '1300000000000000021';
const NEWEST: HistoryStart = { from: 'newest' };

/** The id of the task with this number; later ones have higher numbers. */
const idOf = (number: number): string => String(BigInt(TASK_ID) + BigInt(number));
const numberOf = (id: string): number => Number(BigInt(id) - BigInt(TASK_ID));
const numbers = ({ tasks }: HistoryPage): number[] => tasks.map(({ id }) => numberOf(id));
const down = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

interface Kept {
  readonly count: number;
  readonly guildOf?: (number: number) => string;
  readonly promptOf?: (number: number) => string;
  readonly maxTasks?: number;
}

/** A member’s history of so many tasks, numbered from 1. */
async function historyOf({ count, guildOf, promptOf, maxTasks }: Kept) {
  const records = memoryRecords();
  const cipher = createCipher(randomBytes(32));
  const write = async (number: number, changes: Partial<Task>): Promise<void> => {
    const id = idOf(number);
    const task = { ...aTask({ id, interactionId: id }), ...changes };
    const mark = { key: memberKey(task), value: { guildId: task.guildId, month: '2026-11' } };
    await records.write([toRecord(cipher, task), mark]);
  };
  for (let number = 1; number <= count; number += 1) {
    const guildId = guildOf?.(number) ?? GUILD_ID;
    const request = aRequest({ prompt: promptOf?.(number) ?? `boat ${number}` });
    await write(number, { guildId, secrets: { request } });
  }
  const store = createHistoryStore({ records, cipher }, maxTasks);
  const read = async (
    start = NEWEST,
    search?: string,
    memberId = MEMBER_ID,
  ): Promise<HistoryPage> => store.read({ memberId, guildId: GUILD_ID, search, start });
  return { records, read, write };
}

describe('a member’s history', () => {
  it('comes ten at a time, the newest first, back and forth', async () => {
    const { read } = await historyOf({ count: 25 });
    const first = await read();
    expect(numbers(first)).toEqual(down(25, 16));
    expect(first.newer).toBeUndefined();
    const second = await read(first.older);
    expect(numbers(second)).toEqual(down(15, 6));
    const last = await read(second.older);
    expect(numbers(last)).toEqual(down(5, 1));
    expect(last.older).toBeUndefined();
    expect(numbers(await read(last.newer))).toEqual(down(15, 6));
    const back = await read(second.newer);
    expect(numbers(back)).toEqual(down(25, 16));
    expect(back.newer).toBeUndefined();
  });

  it.each([0, 1, 9, 10, 11, 20, 50, 51, 100, 101])('of %i tasks has each once', async (count) => {
    const { read } = await historyOf({ count });
    const seen: number[] = [];
    for (let start: HistoryStart | undefined = NEWEST; start !== undefined;) {
      const page: HistoryPage = await read(start);
      seen.push(...numbers(page));
      start = page.older;
    }
    expect(seen).toEqual(down(count, 1));
  });

  it('has the tasks of this server and this member only', async () => {
    const { read } = await historyOf({
      count: 140,
      guildOf: (number) => (number % 7 === 0 ? GUILD_ID : OTHER_GUILD),
    });
    const first = await read();
    expect(numbers(first)).toEqual(down(20, 11).map((each) => each * 7));
    expect(numbers(await read(first.older))).toEqual(down(10, 1).map((each) => each * 7));
    expect(numbers(await read(NEWEST, undefined, OTHER_MEMBER))).toEqual([]);
  });

  it('shows the newest page, full, where fewer are newer than where one came from', async () => {
    const { read } = await historyOf({ count: 14 });
    const page = await read({ from: 'newer', than: aTask({ id: idOf(12) }).id });
    expect(numbers(page)).toEqual(down(14, 5));
  });

  it('leaves out a task whose message and request were deleted', async () => {
    const { read, write } = await historyOf({ count: 12 });
    await write(11, { isErased: true, secrets: {} });
    expect(numbers(await read())).toEqual(down(12, 2).filter((number) => number !== 11));
  });

  it('goes on from a task that is gone, and passes over those that were deleted', async () => {
    const { read, records } = await historyOf({ count: 30 });
    const first = await read();
    await records.remove([21, 22, 15, 14].map((number) => taskKey(idOf(number))));
    await records.remove([memberKey(aTask({ id: idOf(21) }))]);
    expect(numbers(await read(first.older))).toEqual(down(20, 9).filter((n) => n < 14 || n > 15));
  });
});

describe('a search', () => {
  it('finds part of a prompt in any case and width', async () => {
    const { read } = await historyOf({
      count: 6,
      promptOf: (number) => ['A Red KITE', '一只风筝', 'ＫＩＴＥ'][number % 3] ?? '',
    });
    expect(numbers(await read(NEWEST, 'kite'))).toEqual([6, 5, 3, 2]);
    expect(numbers(await read(NEWEST, '风筝'))).toEqual([4, 1]);
    expect(await read(NEWEST, 'lighthouse')).toMatchObject({
      tasks: [],
      older: undefined,
      newer: undefined,
      stoppedAt: undefined,
    });
  });

  it('stops after so many tasks, says where, and goes on from there', async () => {
    const { read } = await historyOf({
      count: 230,
      promptOf: (number) => (number === 3 ? 'a kite' : 'a boat'),
      maxTasks: 100,
    });
    const first = await read(NEWEST, 'kite');
    expect(first).toMatchObject({ tasks: [], stoppedAt: snowflakeTime(idOf(131)) });
    const second = await read(first.older, 'kite');
    expect(second).toMatchObject({ tasks: [], stoppedAt: snowflakeTime(idOf(31)) });
    const third = await read(second.older, 'kite');
    expect(numbers(third)).toEqual([3]);
    expect(third).toMatchObject({ older: undefined, stoppedAt: undefined });
    const back = await read(third.newer, 'kite');
    expect(back.tasks).toEqual([]);
  });

  it('stops as well among tasks of other servers', async () => {
    const { read } = await historyOf({
      count: 5001,
      guildOf: (number) => (number === 1 ? GUILD_ID : OTHER_GUILD),
    });
    const first = await read();
    expect(first).toMatchObject({ tasks: [], stoppedAt: snowflakeTime(idOf(2)) });
    expect(numbers(await read(first.older))).toEqual([1]);
  });
});
