import { damageNotice } from '../notices/notice-record.ts';
import type { Clock, HeldTasks, Log, TaskStore } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { quarantineRecord, describeDamage } from '../records/quarantine.ts';
import {
  isHeld,
  isHeldForOperator,
  isHeldForServer,
  operatorMoneyOf,
} from '../../domain/ledger/money-sides.ts';
import type { MoneySides } from '../../domain/ledger/money-sides.ts';
import { NO_MONEY } from '../../domain/ledger/task-money.ts';
import { isTaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Cipher } from '../records/cipher.ts';
import { journalKey, walkJournal, journalLine, journalRecord } from './journal.ts';
import { keyPagesUnder } from '../records/pages-under.ts';
import type { RecentIds } from './recent-ids.ts';
import {
  HELD_PREFIX,
  OPEN_PREFIX,
  claimKey,
  endedKey,
  heldPrefix,
  memberKey,
  openKey,
  taskKey,
} from './task-keys.ts';
import { fromRecord, toRecord } from './task-record.ts';
import type { Seals } from './task-record.ts';
import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../../domain/ledger/account-key.ts';
import type { AccountEntry, Ledger } from '../../app/ports/ledger-port.ts';

export interface TaskStoreDeps {
  readonly records: RecordStore;
  readonly ledger: Ledger;
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: the disk is asked every time. */
  readonly recent?: RecentIds;
}

/** How many tasks are in memory at a time while they are counted. */
const MARKS_PER_PAGE = 50;

interface SealingDeps extends TaskStoreDeps {
  readonly seals: Seals;
}

/**
 * Tasks as records: `task:<id>` with its secrets sealed, and a marker `open:<id>` while it is
 * unfinished, so that a start reads the unfinished ones alone; `claim:<interaction>` for an hour, so
 * that one interaction is one task, however often it is delivered; `held:<guild>:<id>` likewise while
 * its money is held on either side. A marker is removed after the record it no longer fits is written: left behind
 * by a crash it is found not to fit, and removed.
 */
export function createTaskStore(given: TaskStoreDeps): TaskStore {
  const { records, cipher, recent, log } = given;
  const seals: Seals = new WeakMap();
  const deps: SealingDeps = { ...given, seals };
  return {
    create: async (task) => {
      recent?.note(task.interactionId);
      try {
        await writeTask(deps, task, { money: NO_MONEY }, [
          { key: claimKey(task.interactionId), value: task.id },
          { key: openKey(task.id), value: 1 },
          { key: memberKey(task), value: { guildId: task.guildId, month: task.journalMonth } },
        ]);
      } catch (cause) {
        recent?.doubt(task.interactionId);
        throw cause;
      }
    },
    // The end of a hold is a new end: from here on the task may be forgotten.
    save: async (task, was, alongside = []) =>
      writeTask(deps, task, was, [...(isHeld(was) ? endedMark(task) : []), ...alongside]),
    reopen: async (task, was) => writeTask(deps, task, was, [{ key: openKey(task.id), value: 1 }]),
    async end(task, was) {
      await writeTask(deps, task, was, endedMark(task));
      try {
        await records.remove([openKey(task.id)]);
      } catch (cause) {
        // It is over: the next start finds that the mark does not fit, and removes it.
        log.warn({ err: cause, taskId: task.id }, 'open mark not removed');
      }
    },
    async get(id) {
      const value = await records.get(taskKey(id));
      if (value === undefined) return undefined;
      try {
        // With the caller's own id: what keeps it does not keep a second copy of it.
        const task = fromRecord(cipher, value, seals);
        return isTaskId(id) ? { ...task, id } : task;
      } catch (cause) {
        await quarantine(deps, id, { value, cause }, openKey(id));
        return undefined;
      }
    },
    isClaimed: async (interactionId) =>
      recent?.has(interactionId) ?? (await records.get(claimKey(interactionId))) !== undefined,
    openIds: async () => markedIds(deps, OPEN_PREFIX),
    loadOpen: async (ids) =>
      loadMarked(deps, (ids ?? (await markedIds(deps, OPEN_PREFIX))).map(openKey), isOpen),
    async heldIds() {
      const markers = await records.keysUnder(HELD_PREFIX);
      return markers.map((key) => key.slice(key.lastIndexOf(':') + 1));
    },
    loadHeld: async (guildId, most) => loadHeld(deps, guildId, most),
    async loadHeldForOperator() {
      const held = await loadMarked(deps, await records.keysUnder(HELD_PREFIX), isHeld);
      return held.filter(isHeldForOperator);
    },
  };
}

function endedMark({ id, stage }: Task): StoredRecord[] {
  return stage.name === 'ended' ? [{ key: endedKey(id, stage.endedAt), value: 1 }] : [];
}

/** A task whose money did not move is written alone; else with its accounts, its line and its mark. */
async function writeTask(
  { records, ledger, cipher, seals, log }: SealingDeps,
  task: Task,
  was: MoneySides,
  more: readonly StoredRecord[],
): Promise<void> {
  const own = [toRecord(cipher, task, seals), ...more];
  const accounts = movedAccounts(task, was);
  if (accounts.length === 0) return records.write(own);
  const isMarked = isHeld(task);
  const heldKey = `${heldPrefix(task.guildId)}${task.id}`;
  const keys = accounts.map(({ key }) => key);
  // Not even a moment may pass between a decision and its being counted.
  if (!ledger.isLoaded(keys)) await ledger.load(keys);
  await ledger.post({
    records: [...own, ...journalRecord(task), ...(isMarked ? [{ key: heldKey, value: 1 }] : [])],
    accounts,
  });
  const stale = [
    ...(isHeld(was) && !isMarked ? [heldKey] : []),
    ...(journalLine(task) === undefined ? [journalKey(task)] : []),
  ];
  try {
    await records.remove(stale);
  } catch (cause) {
    // The posting stands: a mark that no longer fits is dropped by whoever meets it next.
    log.warn({ err: cause, taskId: task.id }, 'stale marks not removed');
  }
}

const isOpen = ({ stage }: Task): boolean => stage.name !== 'ended';

async function markedIds({ records }: TaskStoreDeps, prefix: string): Promise<string[]> {
  const markers = await records.keysUnder(prefix);
  return markers.map((key) => key.slice(prefix.length));
}

async function loadHeld(deps: TaskStoreDeps, guildId: string, most: number): Promise<HeldTasks> {
  const oldest: Task[] = [];
  let total = 0;
  // The ids of tasks, and so their marks, sort by time.
  const pages = keyPagesUnder(deps.records, heldPrefix(guildId), MARKS_PER_PAGE);
  for await (const marks of pages) {
    const held = (await loadMarked(deps, marks, isHeld)).filter(isHeldForServer);
    oldest.push(...held.slice(0, most - oldest.length));
    total += held.length;
  }
  return { total, oldest };
}

/** The tasks that markers point at; what cannot be read is set aside, what no longer fits unmarked. */
async function loadMarked(
  deps: TaskStoreDeps,
  markers: readonly string[],
  isFit: (task: Task) => boolean,
): Promise<Task[]> {
  const { records, cipher, log } = deps;
  const ids = markers.map((marker) => marker.slice(marker.lastIndexOf(':') + 1));
  const values = await records.getMany(ids.map(taskKey));
  const tasks: Task[] = [];
  const stale: string[] = [];
  for (const [index, marker] of markers.entries()) {
    const value = values[index];
    const id = ids[index] ?? '';
    try {
      const task = fromRecord(cipher, value);
      if (isFit(task)) tasks.push(task);
      else stale.push(marker);
    } catch (cause) {
      await quarantine(deps, id, { value, cause }, marker);
    }
  }
  try {
    await records.remove(stale);
  } catch (cause) {
    // A disk that fails says nothing about the records: the next who meets these marks removes them.
    log.warn({ err: cause, marks: stale.length }, 'stale marks not removed');
  }
  return tasks;
}

/**
 * Out of the way, so that the others go on. Its money stays counted as it was: what came of it is
 * known to nobody any more.
 */
async function quarantine(
  { records, clock, log }: TaskStoreDeps,
  id: string,
  { value, cause }: { readonly value: unknown; readonly cause: unknown },
  marker: string,
): Promise<void> {
  const at = clock.now();
  const key = taskKey(id);
  // A second marker may point at what was set aside before: that copy is not overwritten.
  if (value !== undefined) {
    const guildId = await guildOf(records, id);
    await records.write([
      quarantineRecord({ key, value }, at),
      ...(guildId === undefined ? [] : [damageNotice(guildId, { at, what: 'task', key })]),
    ]);
  }
  await records.remove([marker, key]);
  log.error(
    { record: key, taskId: id, fault: value === undefined ? 'not there' : describeDamage(cause) },
    'damaged record set aside: the task ends here, and what it counts for stays counted',
  );
}

/** By the task's journal line. */
async function guildOf(records: RecordStore, id: string): Promise<string | undefined> {
  const places = await walkJournal(records);
  return places.find(({ taskId }) => taskId === id)?.guildId;
}

/** The accounts of each side that has moved. */
function movedAccounts(task: Task, was: MoneySides): AccountEntry[] {
  const { guildId, memberId, windows } = task;
  const server = { windowKeys: windows.guild, before: was.money, after: task.money };
  const operator = {
    windowKeys: windows.operator,
    before: operatorMoneyOf(was),
    after: operatorMoneyOf(task),
  };
  return [
    { key: guildAccountKey(guildId), ...server },
    { key: memberAccountKey(guildId, memberId), ...server },
    { key: OPERATOR_ACCOUNT_KEY, ...operator },
  ].filter(({ before, after }) => before !== after);
}
