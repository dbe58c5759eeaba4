import type { Ownership } from '../../app/ports/ownership-port.ts';
import { NotOurs, tenureToWrite } from '../../app/slots/not-ours.ts';
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
import { SLOTS, slotOf } from '../../domain/slots.ts';
import { isSnowflake, snowflakeAt } from '../../domain/tasks/snowflake.ts';
import { isTaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Cipher } from '../records/cipher.ts';
import { journalKey, readJournalKeys, journalLine, journalRecord } from './journal.ts';
import { keyPagesUnder, pagesUnder } from '../records/pages-under.ts';
import type { RecentIds } from './recent-ids.ts';
import {
  HELD_PREFIX,
  OPEN_PREFIX,
  TASK_PREFIX,
  claimKey,
  endedKey,
  heldPrefix,
  memberKey,
  openKey,
  taskKey,
} from './task-keys.ts';
import { fromRecord, toRecord } from './task-record.ts';
import type { Seals } from './task-record.ts';
import { guildAccountKey, memberAccountKey } from '../../domain/ledger/account-key.ts';
import type { AccountEntry, Ledger } from '../../app/ports/ledger-port.ts';

export interface TaskStoreDeps {
  readonly records: RecordStore;
  readonly ledger: Ledger;
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly log: Log;
  /** `undefined` when every lookup reads the store. */
  readonly recent?: RecentIds;
  /** A task is written only where this process is responsible; without it, everywhere. */
  readonly ownership?: Pick<Ownership, 'tenureOf'>;
}

/** How many tasks are in memory at a time while they are counted. */
const MARKS_PER_PAGE = 50;
/** How many marks of unfinished tasks are read at a time. */
const OPEN_MARKS_AT_ONCE = 1000;

interface SealingDeps extends TaskStoreDeps {
  readonly seals: Seals;
}

/**
 * Creates the store of tasks. A task is the record `task:<id>` with its secrets sealed, and markers:
 * `open:<id>` with its guild while it is unfinished, so that only unfinished tasks of the guilds in
 * question are read;
 * `held:<guild>:<id>` while its money is held on either side; and `claim:<interaction>` for an hour,
 * so that an interaction becomes one task, however often it is delivered. A marker is removed in the
 * commit of the record that makes it stale.
 */
export function createTaskStore(given: TaskStoreDeps): TaskStore {
  const { records, cipher, recent } = given;
  const seals: Seals = new WeakMap();
  const deps: SealingDeps = { ...given, seals };
  return {
    reserve: (task) => {
      given.ledger.reserve(task.id, movedAccounts(given.ledger, task, UNRESERVED));
    },
    release: (task) => {
      given.ledger.release(task.id);
    },
    create: async (task, alongside = []) => {
      recent?.add(task.interactionId);
      try {
        await writeTask(deps, task, UNRESERVED, [...marksOfNew(task), ...alongside]);
      } catch (cause) {
        recent?.markUncertain(task.interactionId);
        throw cause;
      }
    },
    // The retention of a held task starts when its hold is resolved.
    save: async (task, previous, alongside = []) =>
      writeTask(deps, task, previous, [...(isHeld(previous) ? endedMark(task) : []), ...alongside]),
    reopen: async (task, previous) => writeTask(deps, task, previous, [openMark(task)]),
    end: async (task, previous, alongside = []) =>
      writeTask(deps, task, previous, [...endedMark(task), ...alongside], [openKey(task.id)]),
    async get(id) {
      const value = await records.get(taskKey(id));
      if (value === undefined) return undefined;
      try {
        // Reuses the caller's string of the id, which saves memory.
        const task = fromRecord(cipher, value, seals);
        return isTaskId(id) ? { ...task, id } : task;
      } catch (cause) {
        await quarantine(deps, id, { value, cause }, openKey(id));
        return undefined;
      }
    },
    isClaimed: async (interactionId) =>
      recent?.has(interactionId) ?? (await records.get(claimKey(interactionId))) !== undefined,
    openIds: async (slots) => openIds(deps, slots),
    loadOpen: async (ids) =>
      loadMarked(deps, (ids ?? (await markedIds(deps, OPEN_PREFIX))).map(openKey), isOpen),
    visitSince: async (instantMs, visit) => visitSince(deps, instantMs, visit),
    async heldIds() {
      const markers = await records.keysUnder(HELD_PREFIX);
      return markers.map((key) => key.slice(key.lastIndexOf(':') + 1));
    },
    loadHeld: async (guildId, limit) => loadHeld(deps, guildId, limit),
    async loadHeldForOperator() {
      const held = await loadMarked(deps, await records.keysUnder(HELD_PREFIX), isHeld);
      return held.filter(isHeldForOperator);
    },
  };
}

function marksOfNew(task: Task): StoredRecord[] {
  return [
    { key: claimKey(task.interactionId), value: task.id },
    openMark(task),
    { key: memberKey(task), value: { guildId: task.guildId, month: task.journalMonth } },
  ];
}

function openMark({ id, guildId }: Task): StoredRecord {
  return { key: openKey(id), value: guildId };
}

function endedMark({ id, stage }: Task): StoredRecord[] {
  return stage.name === 'ended' ? [{ key: endedKey(id, stage.endedAt), value: 1 }] : [];
}

/** Before a task's money is reserved. */
const UNRESERVED: MoneySides = { money: NO_MONEY };

/**
 * Writes a task; if its money changed, together with its accounts, journal line and `held` mark.
 * Marks that this makes stale are removed in the same commit.
 */
async function writeTask(
  { records, ledger, cipher, seals, ownership }: SealingDeps,
  task: Task,
  previous: MoneySides,
  more: readonly StoredRecord[],
  removed: readonly string[] = [],
): Promise<void> {
  const tenure = ownership && tenureToWrite(ownership, task.guildId);
  const own = [toRecord(cipher, task, seals), ...more];
  const accounts = movedAccounts(ledger, task, previous);
  if (accounts.length === 0) return records.write(own, removed);
  const isMarked = isHeld(task);
  const heldKey = `${heldPrefix(task.guildId)}${task.id}`;
  const keys = accounts.map(({ key }) => key);
  // Without an `await` if loaded: a decision must be counted before the next decision is made.
  if (!ledger.isLoaded(keys)) {
    await ledger.load(keys);
    if (tenure?.isOver() === true) throw new NotOurs();
  }
  await ledger.post({
    records: [...own, ...journalRecord(task), ...(isMarked ? [{ key: heldKey, value: 1 }] : [])],
    removed: [
      ...removed,
      ...(isHeld(previous) && !isMarked ? [heldKey] : []),
      ...(journalLine(task) === undefined ? [journalKey(task)] : []),
    ],
    accounts,
    ...(previous.money.state === 'none' ? { reservation: task.id } : {}),
  });
}

const isOpen = ({ stage }: Task): boolean => stage.name !== 'ended';

async function markedIds({ records }: TaskStoreDeps, prefix: string): Promise<string[]> {
  const markers = await records.keysUnder(prefix);
  return markers.map((key) => key.slice(prefix.length));
}

async function openIds(
  deps: TaskStoreDeps,
  slots: ReadonlySet<number> | undefined,
): Promise<string[]> {
  const ids = await markedIds(deps, OPEN_PREFIX);
  // Of all guilds: their values need not be read.
  if (slots === undefined || slots.size === SLOTS) return ids;
  const found: string[] = [];
  for (let from = 0; from < ids.length; from += OPEN_MARKS_AT_ONCE) {
    const some = ids.slice(from, from + OPEN_MARKS_AT_ONCE);
    const guildIds = await deps.records.getMany(some.map(openKey));
    found.push(...some.filter((_, at) => mayBeIn(slots, guildIds[at])));
  }
  return found;
}

/** A mark of an earlier version, or a damaged one, has no guild: then its task has to be read. */
function mayBeIn(slots: ReadonlySet<number>, guildId: unknown): boolean {
  return typeof guildId !== 'string' || !isSnowflake(guildId) || slots.has(slotOf(guildId));
}

/** Damaged tasks are left out: the read of a single one quarantines it. */
async function visitSince(
  { records, cipher, log }: TaskStoreDeps,
  instantMs: number,
  visit: (task: Task) => void,
): Promise<void> {
  const from = taskKey(snowflakeAt(instantMs));
  for await (const { keys, values } of pagesUnder(records, TASK_PREFIX, MARKS_PER_PAGE, from)) {
    for (const [index, value] of values.entries()) {
      let task: Task;
      try {
        task = fromRecord(cipher, value);
      } catch {
        log.warn({ record: keys[index] }, 'damaged record left out of a search');
        continue;
      }
      visit(task);
    }
  }
}

async function loadHeld(deps: TaskStoreDeps, guildId: string, limit: number): Promise<HeldTasks> {
  const oldest: Task[] = [];
  let total = 0;
  // The ids of tasks, and so their marks, sort by time.
  const pages = keyPagesUnder(deps.records, heldPrefix(guildId), MARKS_PER_PAGE);
  for await (const marks of pages) {
    const held = (await loadMarked(deps, marks, isHeld)).filter(isHeldForServer);
    oldest.push(...held.slice(0, limit - oldest.length));
    total += held.length;
  }
  return { total, oldest };
}

/** Loads the tasks of markers. Quarantines damaged tasks, and removes stale markers. */
async function loadMarked(
  deps: TaskStoreDeps,
  markers: readonly string[],
  isCurrent: (task: Task) => boolean,
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
      if (isCurrent(task)) tasks.push(task);
      else stale.push(marker);
    } catch (cause) {
      await quarantine(deps, id, { value, cause }, marker);
    }
  }
  try {
    await records.remove(stale);
  } catch (cause) {
    // The tasks are good although the disk failed: the marks are removed when they are read next.
    log.warn({ err: cause, marks: stale.length }, 'stale marks not removed');
  }
  return tasks;
}

/**
 * Quarantines a damaged task, so that the others continue. Its money stays counted, because its
 * outcome is no longer known.
 */
async function quarantine(
  { records, clock, log }: TaskStoreDeps,
  id: string,
  { value, cause }: { readonly value: unknown; readonly cause: unknown },
  marker: string,
): Promise<void> {
  const at = clock.now();
  const key = taskKey(id);
  // A second marker may point at a task that is already quarantined: its copy is not overwritten.
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
    'damaged record quarantined: the task ends here, and its money stays counted',
  );
}

/** Finds the guild of a task by its journal line. */
async function guildOf(records: RecordStore, id: string): Promise<string | undefined> {
  const lines = await readJournalKeys(records);
  return lines.find(({ taskId }) => taskId === id)?.guildId;
}

/** The accounts of each side whose money changed. */
function movedAccounts(
  { operator: operators }: Ledger,
  task: Task,
  previous: MoneySides,
): AccountEntry[] {
  const { guildId, memberId, windows } = task;
  const server = { windowKeys: windows.guild, before: previous.money, after: task.money };
  const operator = {
    windowKeys: windows.operator,
    before: operatorMoneyOf(previous),
    after: operatorMoneyOf(task),
  };
  return [
    { key: guildAccountKey(guildId), ...server },
    { key: memberAccountKey(guildId, memberId), ...server },
    { key: operators.keyOf(guildId), ...operator },
  ].filter(({ before, after }) => before !== after);
}
