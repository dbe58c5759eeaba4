import type { Clock, DraftingTaskStore, Log, TaskStore } from '../../app/ports/core.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import type { MoneySides } from '../../domain/ledger/money-sides.ts';
import { slotOf } from '../../domain/slots.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The longest that a record of a stored task is held back, in milliseconds. */
const MAX_HELD_BACK_MS = 1000;

/** A record that is held back. */
interface Draft {
  readonly task: Task;
  /** The task as it is stored; `undefined` if it is not. */
  readonly was: MoneySides | undefined;
  readonly alongside: readonly StoredRecord[];
  readonly cancelTimer?: () => void;
}

interface DraftDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

interface Drafting extends DraftDeps {
  readonly store: TaskStore;
  readonly drafts: Map<string, Draft>;
  /** Those that are being written; held back again if that fails. */
  readonly inHand: Map<string, Draft>;
  /** Called with whether the first record of a task is on disk. */
  readonly firsts: Map<string, (isWritten: boolean) => void>;
  /** Commits of drafts in progress: the next record of their task must not overtake them. */
  readonly flushing: Map<string, Promise<void>>;
  /** Whether first records are on disk, for those of which that is not known yet. */
  readonly beginning: Set<Promise<boolean>>;
}

/** Wraps a task store so that it can hold records back. */
export function withDrafts(store: TaskStore, { clock, log }: DraftDeps): DraftingTaskStore {
  const drafting: Drafting = {
    store,
    clock,
    log,
    drafts: new Map(),
    inHand: new Map(),
    firsts: new Map(),
    flushing: new Map(),
    beginning: new Set(),
  };
  const { drafts } = drafting;
  return {
    ...store,
    begin: async (task, alongside) => begin(drafting, task, alongside),
    holdBack(task, was, alongside) {
      holdBack(drafting, { task, was, alongside });
    },
    isHeldBack: (taskId) => drafts.has(taskId),
    drop(slots) {
      drop(drafting, slots);
    },
    flush: async (taskId) => flush(drafting, taskId),
    async flushAll() {
      await Promise.all([...drafts.keys()].map(async (taskId) => flushOrLog(drafting, taskId)));
      await Promise.all(drafting.beginning);
    },
    get: async (taskId) => drafts.get(taskId)?.task ?? store.get(taskId),
    save: async (...given) => save(drafting, ...given),
    end: async (task, was, alongside = []) =>
      writeWith(drafting, task.id, async (draft) =>
        store.end(task, draft?.was ?? was, [...(draft?.alongside ?? []), ...alongside]),
      ),
  };
}

async function begin(
  { drafts, firsts, beginning }: Drafting,
  task: Task,
  alongside: readonly StoredRecord[],
): Promise<boolean> {
  const written = new Promise<boolean>((resolve) => {
    drafts.set(task.id, { task, was: undefined, alongside });
    firsts.set(task.id, resolve);
  });
  beginning.add(written);
  try {
    return await written;
  } finally {
    beginning.delete(written);
  }
}

function holdBack(drafting: Drafting, { task, was, alongside }: Draft): void {
  const before = takeDraft(drafting, task.id);
  const cancelTimer = drafting.clock.after(MAX_HELD_BACK_MS, () => {
    void flushOrLog(drafting, task.id);
  });
  drafting.drafts.set(task.id, {
    task,
    was: before?.was ?? was,
    alongside: [...(before?.alongside ?? []), ...alongside],
    cancelTimer,
  });
}

function drop(drafting: Drafting, slots: ReadonlySet<number>): void {
  const { drafts, inHand, firsts, store } = drafting;
  for (const [id, { task }] of inHand) if (slots.has(slotOf(task.guildId))) inHand.delete(id);
  for (const [id, { task, was }] of drafts) {
    if (!slots.has(slotOf(task.guildId))) continue;
    takeDraft(drafting, id);
    if (was === undefined) store.release(task);
    firsts.get(id)?.(false);
    firsts.delete(id);
  }
}

function takeDraft({ drafts }: Drafting, taskId: string): Draft | undefined {
  const draft = drafts.get(taskId);
  draft?.cancelTimer?.();
  drafts.delete(taskId);
  return draft;
}

async function save(
  drafting: Drafting,
  task: Task,
  was: MoneySides,
  alongside: readonly StoredRecord[] = [],
): Promise<void> {
  const { store } = drafting;
  return writeWith(drafting, task.id, async (draft) => {
    const all = [...(draft?.alongside ?? []), ...alongside];
    const isFirst = draft !== undefined && draft.was === undefined;
    return isFirst ? store.create(task, all) : store.save(task, draft?.was ?? was, all);
  });
}

/** Writes a record together with what is held back of its task. */
async function writeWith(
  drafting: Drafting,
  taskId: string,
  write: (draft: Draft | undefined) => Promise<void>,
): Promise<void> {
  const { store, drafts, inHand, firsts, flushing } = drafting;
  await flushing.get(taskId)?.catch(() => undefined);
  const draft = takeDraft(drafting, taskId);
  const settleFirst = firsts.get(taskId);
  firsts.delete(taskId);
  if (draft !== undefined) inHand.set(taskId, draft);
  try {
    await write(draft);
    settleFirst?.(true);
  } catch (cause) {
    // A first record is dropped: its task has not begun. Its posting may not have been reached.
    if (draft !== undefined && draft.was === undefined) store.release(draft.task);
    else if (draft !== undefined && inHand.get(taskId) === draft) drafts.set(taskId, draft);
    settleFirst?.(false);
    throw cause;
  } finally {
    if (inHand.get(taskId) === draft) inHand.delete(taskId);
  }
}

async function flush(drafting: Drafting, taskId: string): Promise<void> {
  const { drafts, flushing } = drafting;
  const draft = drafts.get(taskId);
  if (draft === undefined) return flushing.get(taskId);
  const written = save(drafting, draft.task, draft.was ?? draft.task).finally(() => {
    flushing.delete(taskId);
  });
  flushing.set(taskId, written);
  return written;
}

async function flushOrLog(drafting: Drafting, taskId: string): Promise<void> {
  try {
    await flush(drafting, taskId);
  } catch (cause) {
    // The record that follows has what this one had.
    drafting.log.warn({ err: cause, taskId }, 'record of a task could not be written yet');
  }
}
