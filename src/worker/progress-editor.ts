import { createHash } from 'node:crypto';
import type { MessagePort, MessageResult, TaskView } from '../app/ports/message-port.ts';
import type { Clock, Log } from '../app/ports/core.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import {
  afterRefusal,
  currentPath,
  fallBack,
  isLastTry,
  withoutRefusals,
} from '../domain/tasks/message-address.ts';
import type { MessageAddress } from '../domain/tasks/message-address.ts';
import { HOUR_MS, SECOND_MS } from '../domain/time-units.ts';
import { waitAfterFault } from './wait-after-fault.ts';

/** After this only the last edit is made: Discord limits edits of messages older than an hour. */
const PROGRESS_ENDS_MS = HOUR_MS;

/**
 * Until it is sent a task's first words wait this long, so that one edit says both, and a place in a
 * queue that moves at once is not told; milliseconds.
 */
const FIRST_WAIT_MS = 1000;

/** How often is checked whether Discord refuses fewer requests again, in milliseconds. */
const RECHECK_MS = 10 * SECOND_MS;

/** An edit that only counts on (a percentage, a place in the queue) waits so many times as long. */
const COUNTING_WAITS = 3;

export interface ProgressEditor {
  /** Wants the message to show this; edited when it would change and an edit is due. */
  show(view: TaskView): void;
  /** What the message shows may have changed; looked up when an edit is due. */
  refresh(taskId: string): void;
  /** Makes no further edit of this task and resolves when none is under way, with what was learnt. */
  finish(taskId: string): Promise<MessageAddress | undefined>;
  /** What a failed edit taught of the way to the message; undefined: nothing. */
  knownAddress(taskId: string): MessageAddress | undefined;
  stop(): void;
}

export interface ProgressEditorDeps {
  readonly messages: MessagePort;
  /** What a task's message would show now; undefined: the task is not under way. */
  readonly loadView: (taskId: string) => Promise<TaskView | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  /** Least time between two edits of one message, in milliseconds. */
  readonly editEveryMs: number;
  /** How many more requests Discord may refuse before all progress edits have to pause. */
  readonly refusalsLeft: () => number;
}

/**
 * One message. What it is to show is not kept: tasks may be many, and their prompts long. Moments are
 * milliseconds of the clock that never goes back.
 */
interface Shown {
  readonly since: number;
  /** What the message says as far as is known, and the same without its numbers. */
  text: number | undefined;
  shape: number | undefined;
  editedAt: number | undefined;
  /** What Discord asked for after a refusal. */
  notBefore: number;
  /** Edits that failed in a row. */
  failures: number;
  address: MessageAddress | undefined;
  inFlight: Promise<void> | undefined;
  timer: { readonly at: number; readonly cancel: () => void } | undefined;
  /** Whether something came while an edit was under way. */
  isStale: boolean;
  isFinished: boolean;
}

/** What the functions below share. */
interface Editing extends ProgressEditorDeps {
  readonly stopping: AbortSignal;
  /** Edits in flight, of all messages: each of them may still be refused. */
  edits: number;
}

/** Progress edits: droppable, one at a time a message, never before they are due. */
export function createProgressEditor(deps: ProgressEditorDeps): ProgressEditor {
  const byTask = new Map<string, Shown>();
  const stopping = createStopSignal();
  const editing: Editing = { ...deps, stopping: stopping.signal, edits: 0 };

  const shownOf = (taskId: string): Shown => {
    const known = byTask.get(taskId);
    if (known !== undefined) return known;
    const shown = firstShown(wholeMs(deps.clock));
    byTask.set(taskId, shown);
    return shown;
  };
  return {
    show(view) {
      consider(editing, shownOf(view.task.id), view);
    },
    refresh(taskId) {
      const shown = shownOf(taskId);
      const now = deps.clock.elapsed();
      setTimer(editing, shown, taskId, Math.max(now, (shown.editedAt ?? now) + deps.editEveryMs));
    },
    async finish(taskId) {
      const shown = byTask.get(taskId);
      if (shown === undefined) return undefined;
      shown.isFinished = true;
      shown.timer?.cancel();
      await shown.inFlight;
      byTask.delete(taskId);
      return shown.address;
    },
    knownAddress: (taskId) => byTask.get(taskId)?.address,
    stop() {
      stopping.abort();
      for (const shown of byTask.values()) shown.timer?.cancel();
    },
  };
}

/** Edits now, or sets a timer for when an edit is due, or does nothing where nothing would change. */
function consider(editing: Editing, shown: Shown, view: TaskView): void {
  if (shown.isFinished || editing.stopping.aborted) return;
  if (shown.inFlight !== undefined) {
    shown.isStale = true;
    return;
  }
  const words = editing.messages.describe(view);
  const text = fingerprint(words);
  if (text === shown.text) return;
  const shape = fingerprint(words.replaceAll(/\d+/g, ''));
  const at = dueAt(shown, shape, view, editing.editEveryMs);
  if (at > editing.clock.elapsed()) {
    setTimer(editing, shown, view.task.id, at);
    return;
  }
  if (editing.edits >= editing.refusalsLeft()) {
    setTimer(editing, shown, view.task.id, editing.clock.elapsed() + RECHECK_MS);
    return;
  }
  Object.assign(shown, { text, shape, isStale: false });
  shown.inFlight = editOnce(editing, shown, view);
}

async function editOnce(editing: Editing, shown: Shown, view: TaskView): Promise<void> {
  let isSettled = true;
  editing.edits += 1;
  try {
    isSettled = await edit(editing, shown, view);
  } catch (cause) {
    editing.log.error({ err: cause, taskId: view.task.id }, 'progress edit broke');
  }
  editing.edits -= 1;
  shown.inFlight = undefined;
  if (shown.isStale || !isSettled) await reload(editing, shown, view.task.id);
}

/** One timer a message: for the earliest moment asked for. */
function setTimer(editing: Editing, shown: Shown, taskId: string, at: number): void {
  if (shown.timer !== undefined && shown.timer.at <= at) return;
  shown.timer?.cancel();
  const cancel = editing.clock.after(at - editing.clock.elapsed(), () => {
    shown.timer = undefined;
    void reload(editing, shown, taskId);
  });
  shown.timer = { at, cancel };
}

async function reload(editing: Editing, shown: Shown, taskId: string): Promise<void> {
  if (shown.isFinished || editing.stopping.aborted) return;
  try {
    const view = await editing.loadView(taskId);
    if (view !== undefined) consider(editing, shown, view);
  } catch (cause) {
    // Droppable: the next step of the task shows it anew.
    editing.log.warn({ err: cause, taskId }, 'progress not looked up');
  }
}

function firstShown(since: number): Shown {
  return {
    since,
    text: undefined,
    shape: undefined,
    editedAt: undefined,
    notBefore: 0,
    failures: 0,
    address: undefined,
    inFlight: undefined,
    timer: undefined,
    isStale: false,
    isFinished: false,
  };
}

function dueAt(shown: Shown, shape: number, view: TaskView, editEveryMs: number): number {
  const { editedAt, notBefore, since } = shown;
  if (editedAt !== undefined) {
    const waits = shape === shown.shape ? COUNTING_WAITS : 1;
    return Math.max(editedAt + waits * editEveryMs, notBefore);
  }
  const { name } = view.task.stage;
  const isOnItsWay = name === 'queued' || name === 'submitting';
  return Math.max(since + (isOnItsWay ? Math.min(FIRST_WAIT_MS, editEveryMs) : 0), notBefore);
}

/** Rounded up, so that nothing comes too soon; a fraction would be kept in an object of its own. */
function wholeMs(clock: Pick<Clock, 'elapsed'>): number {
  return Math.ceil(clock.elapsed());
}

/** 32 bits, which are kept without an object: two texts of one message that share them cost an edit. */
function fingerprint(text: string): number {
  return createHash('sha1').update(text).digest().readInt32BE(0);
}

/** Resolves with whether the message shows the view now, or is not to be tried again. */
async function edit(
  { messages, clock, log, editEveryMs, stopping }: Editing,
  shown: Shown,
  view: TaskView,
): Promise<boolean> {
  const address = shown.address ?? view.task.address;
  const now = clock.now();
  const path = currentPath(address, now);
  if (now > address.tokenSince + PROGRESS_ENDS_MS || isLastTry(address, path)) return true;
  const result = await editThrough(messages, address, view, now, stopping);
  // From the end of this edit: so the next one also arrives no sooner, however slow this one was.
  shown.editedAt = wholeMs(clock);
  if (result === undefined) return true;
  if (result.kind === 'done') {
    noteSuccess(shown, address, result.messageId);
    return true;
  }
  log.debug({ taskId: view.task.id, result: result.kind }, 'progress edit not made');
  if (result.kind !== 'unreached' && result.kind !== 'try-again') return true;
  if (result.kind === 'unreached') {
    shown.address = fallBack(address, path, result.why);
  } else {
    if (result.isRefusal === true) shown.address = afterRefusal(address, path);
    shown.failures += 1;
    shown.notBefore = wholeMs(clock) + waitAfterFault(result, shown.failures, editEveryMs);
  }
  shown.text = undefined;
  shown.shape = undefined;
  return false;
}

function noteSuccess(shown: Shown, address: MessageAddress, messageId: string): void {
  shown.failures = 0;
  // An acknowledgement that did not tell the message's id: the first edit does.
  if (address.messageId === undefined || address.refusals !== undefined) {
    shown.address = { ...withoutRefusals(address), messageId: address.messageId ?? messageId };
  }
}

/** Progress has two ways; where only a new message is left, it waits for the last one. */
async function editThrough(
  messages: MessagePort,
  address: MessageAddress,
  view: TaskView,
  now: number,
  signal: AbortSignal,
): Promise<MessageResult | undefined> {
  const path = currentPath(address, now);
  const token = view.task.secrets.interactionToken;
  if (path === 'webhook' && token !== undefined) {
    return messages.editByToken(address, token, view, undefined, signal);
  }
  if (path === 'channel' && address.messageId !== undefined) {
    return messages.editInChannel(address.channelId, address.messageId, view, undefined, signal);
  }
  return undefined;
}
