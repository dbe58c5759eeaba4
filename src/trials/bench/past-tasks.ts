import { join } from 'node:path';
import { accountSchema, rebuildAccount } from '../../domain/ledger/account.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { createCipher } from '../../store/records/cipher.ts';
import { journalRecord } from '../../store/tasks/journal.ts';
import { SCHEMA_VERSION } from '../../store/schema/migrations.ts';
import { SCHEMA_KEY } from '../../store/schema/schema-version.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import { endedKey, memberKey, openKey } from '../../store/tasks/task-keys.ts';
import { toRecord } from '../../store/tasks/task-record.ts';
import { createTaskMaker } from './bench-tasks.ts';
import { z } from 'zod';
import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../../domain/ledger/account-key.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time-units.ts';

export const MEMBERS = 20_000;
/** Unfinished tasks of each member. */
const AT_A_TIME = 3;
const BATCH = 1000;

/** The key of the written stores; nothing real is encrypted with it. */
export const KEY = new Uint8Array(32);

/** Writes a store with delivered tasks of the last 20 days. */
export async function writePastTasks(folder: string, count: number): Promise<void> {
  const make = createTaskMaker();
  const pastOf = (serial: number, nowMs: number): Task => {
    const acceptedAt = nowMs - HOUR_MS - Math.floor((serial / count) * 20 * DAY_MS);
    const outcome = { kind: 'delivered', how: 'attachment' } as const;
    const stage = { name: 'ended', outcome, endedAt: acceptedAt + 90_000, notified: true } as const;
    return make({
      serial,
      owner: serial % MEMBERS,
      acceptedAt,
      stage,
      money: 'settled',
      promptChars: 300,
    });
  };
  await writeTasks(folder, count, pastOf);
}

/** Writes a store with running tasks, each as recorded when it was submitted. */
export async function writeRunningTasks(folder: string, count: number): Promise<void> {
  const make = createTaskMaker();
  const runningOf = (serial: number, nowMs: number): Task => {
    const providerTaskId = `vid_${serial}`;
    const stage = { name: 'running', providerTaskId, submittedAt: nowMs, faults: 0 } as const;
    return make({
      serial,
      owner: Math.floor(serial / AT_A_TIME),
      acceptedAt: nowMs,
      stage,
      money: 'reserved',
      promptChars: 2000,
    });
  };
  await writeTasks(folder, count, runningOf);
}

async function writeTasks(
  folder: string,
  count: number,
  taskOf: (serial: number, nowMs: number) => Task,
): Promise<void> {
  const records = await openSqliteRecords(join(folder, 'clapper.sqlite'));
  const cipher = createCipher(KEY);
  await records.write([{ key: SCHEMA_KEY, value: { version: SCHEMA_VERSION } }]);
  const nowMs = Date.now();
  const byAccount = new Map<string, Task[]>();
  for (let from = 0; from < count; from += BATCH) {
    const serials = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => from + at);
    const tasks = serials.map((serial) => taskOf(serial, nowMs));
    for (const task of tasks) countInAccounts(byAccount, task);
    const written = tasks.flatMap((task) => [toRecord(cipher, task), ...marksOf(task)]);
    await records.write(written);
  }
  const accounts = [...byAccount].map(([key, tasks]) => accountRecord(key, tasks));
  for (let from = 0; from < accounts.length; from += BATCH) {
    await records.write(accounts.slice(from, from + BATCH));
  }
  await records.close();
}

function marksOf(task: Task): StoredRecord[] {
  const { id, stage, guildId, journalMonth: month } = task;
  return [
    stage.name === 'ended'
      ? { key: endedKey(id, stage.endedAt), value: 1 }
      : { key: openKey(id), value: guildId },
    { key: memberKey(task), value: { guildId, month } },
    ...journalRecord(task),
  ];
}

function countInAccounts(byAccount: Map<string, Task[]>, task: Task): void {
  const { guildId, memberId } = task;
  const keys = [
    guildAccountKey(guildId),
    memberAccountKey(guildId, memberId),
    OPERATOR_ACCOUNT_KEY,
  ];
  for (const key of keys) {
    const tasks = byAccount.get(key);
    if (tasks === undefined) byAccount.set(key, [task]);
    else tasks.push(task);
  }
}

function accountRecord(key: string, tasks: readonly Task[]): StoredRecord {
  const postings = tasks.map(({ money, windows }) => ({ money, windowKeys: windows.guild }));
  const [newest] = postings;
  if (newest === undefined) throw new Error('an account without a task');
  const account = rebuildAccount(newest.windowKeys, postings);
  return { key, value: z.encode(accountSchema, account) };
}
