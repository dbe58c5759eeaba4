import { createHash } from 'node:crypto';
import type { LateEdits } from '../app/ports/late-edits-port.ts';
import type { MessagePort, MessageResult, TaskView } from '../app/ports/message-port.ts';
import type { Clock, Log } from '../app/ports/core.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { SEND_MS } from '../app/slots/may-send.ts';
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
import { editInTenure } from './edit-in-tenure.ts';
import { waitAfterFault } from './wait-after-fault.ts';

/**
 * Progress edits stop after this, in milliseconds, because Discord limits edits of messages older
 * than an hour. The final edit is still made.
 */
const PROGRESS_ENDS_MS = HOUR_MS;

/**
 * The first edit of a task waits this long, in milliseconds: one edit then covers the create as well,
 * a queue position that changes at once is not shown, and neither is progress that the video or a
 * refusal replaces at once.
 */
const FIRST_EDIT_WAIT_MS = 1000;

/** How often the editor checks whether it may edit again, in milliseconds. */
const RECHECK_MS = 10 * SECOND_MS;

/**
 * An edit that only changes numbers (a percentage, a queue position) waits this many times as long.
 */
const NUMBERS_ONLY_FACTOR = 3;

export interface ProgressEditor {
  /** Requests that the message shows this; it is edited if it would change and an edit is due. */
  show(view: TaskView): void;
  /** Reports a possible change; the view is loaded when an edit is due. */
  refresh(taskId: string): void;
  /** Like `refresh`, where the message may no longer show what it showed last. */
  editAgain(taskId: string): void;
  /**
   * Stops the edits of this task; resolves once none is in flight, with the address if an edit
   * changed it.
   */
  finish(taskId: string): Promise<MessageAddress | undefined>;
  /** The address if an edit changed it, else `undefined`. */
  knownAddress(taskId: string): MessageAddress | undefined;
  stop(): void;
  /** Gives up the edits in flight, at the very end of a stop. */
  cut(): void;
}

export interface ProgressEditorDeps {
  readonly messages: MessagePort;
  /** What the message of a task would show now; `undefined` when the task does not run. */
  readonly loadView: (taskId: string) => Promise<TaskView | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  /** The minimum time between two edits of a message, in milliseconds. */
  readonly editEveryMs: number;
  readonly ownership: Pick<Ownership, 'tenureOf'>;
  readonly lateEdits: LateEdits;
  /** How many more requests Discord may refuse before all progress edits have to pause. */
  readonly refusalsLeft: () => number;
}

/**
 * The edit state of one message. The view is not kept, because there may be many tasks with long
 * prompts. Times are milliseconds of the monotonic clock.
 */
interface EditState {
  readonly since: number;
  /** Fingerprints of the text that the message last showed, and of the same without its numbers. */
  text: number | undefined;
  shape: number | undefined;
  editedAt: number | undefined;
  /** The end of the wait that Discord asked for. */
  notBefore: number;
  /** Edits that failed in a row. */
  failures: number;
  address: MessageAddress | undefined;
  inFlight: Promise<void> | undefined;
  timer: { readonly at: number; readonly cancel: () => void } | undefined;
  /** Whether a change was requested while an edit was in flight. */
  isStale: boolean;
  isFinished: boolean;
}

/** What the functions below share. */
interface EditorContext extends ProgressEditorDeps {
  readonly stopping: AbortSignal;
  /** Of edits in flight. Discord may have one that is given up, and make it after the final edit. */
  readonly cutting: AbortSignal;
  /** Edits in flight, of all messages: each of them may still be refused. */
  edits: number;
}

/**
 * Creates the editor of progress messages. Edits may be dropped, are made one at a time per
 * message, and never before they are due.
 */
export function createProgressEditor(deps: ProgressEditorDeps): ProgressEditor {
  const byTask = new Map<string, EditState>();
  const stopping = createStopSignal();
  const cutting = createStopSignal();
  const signals = { stopping: stopping.signal, cutting: cutting.signal };
  const context: EditorContext = { ...deps, ...signals, edits: 0 };

  const stateOf = (taskId: string): EditState => {
    const known = byTask.get(taskId);
    if (known !== undefined) return known;
    const state = initialState(wholeMs(deps.clock));
    byTask.set(taskId, state);
    return state;
  };
  const refresh = (taskId: string): void => {
    const state = stateOf(taskId);
    const now = deps.clock.elapsed();
    setTimer(context, state, taskId, Math.max(now, (state.editedAt ?? now) + deps.editEveryMs));
  };
  return {
    show(view) {
      editIfDue(context, stateOf(view.task.id), view);
    },
    refresh,
    editAgain(taskId) {
      forgetText(stateOf(taskId));
      refresh(taskId);
    },
    async finish(taskId) {
      const state = byTask.get(taskId);
      if (state === undefined) return undefined;
      state.isFinished = true;
      state.timer?.cancel();
      await state.inFlight;
      byTask.delete(taskId);
      return state.address;
    },
    knownAddress: (taskId) => byTask.get(taskId)?.address,
    stop() {
      stopping.abort();
      for (const state of byTask.values()) state.timer?.cancel();
    },
    cut() {
      cutting.abort();
    },
  };
}

/** Edits now, or sets a timer for when an edit is due, or does nothing if nothing would change. */
function editIfDue(context: EditorContext, state: EditState, view: TaskView): void {
  if (state.isFinished || context.stopping.aborted) return;
  if (state.inFlight !== undefined) {
    state.isStale = true;
    return;
  }
  // Without a text to compare with, nothing has to be rendered to know that it is too early.
  if (state.text === undefined && waits(context, state, undefined, view)) return;
  const content = context.messages.describe(view);
  const text = fingerprint(content);
  if (text === state.text) return;
  const shape = fingerprint(content.replaceAll(/\d+/g, ''));
  if (waits(context, state, shape, view)) return;
  if (context.edits >= context.refusalsLeft()) {
    setTimer(context, state, view.task.id, context.clock.elapsed() + RECHECK_MS);
    return;
  }
  Object.assign(state, { text, shape, isStale: false });
  state.inFlight = editOnce(context, state, view);
}

/** Sets a timer for an edit of this shape, if it is too early for it. */
function waits(
  context: EditorContext,
  state: EditState,
  shape: number | undefined,
  view: TaskView,
): boolean {
  const at = dueAt(state, shape, context.editEveryMs);
  if (at <= context.clock.elapsed()) return false;
  setTimer(context, state, view.task.id, at);
  return true;
}

async function editOnce(context: EditorContext, state: EditState, view: TaskView): Promise<void> {
  let isSettled = true;
  context.edits += 1;
  try {
    isSettled = await edit(context, state, view);
  } catch (cause) {
    context.log.error({ err: cause, taskId: view.task.id }, 'progress edit broke');
  }
  context.edits -= 1;
  state.inFlight = undefined;
  if (state.isStale || !isSettled) await reload(context, state, view.task.id);
}

/** Sets the one timer of the message, for the earliest requested time. */
function setTimer(context: EditorContext, state: EditState, taskId: string, at: number): void {
  if (state.timer !== undefined && state.timer.at <= at) return;
  state.timer?.cancel();
  const cancel = context.clock.after(at - context.clock.elapsed(), () => {
    state.timer = undefined;
    void reload(context, state, taskId);
  });
  state.timer = { at, cancel };
}

async function reload(context: EditorContext, state: EditState, taskId: string): Promise<void> {
  if (state.isFinished || context.stopping.aborted) return;
  try {
    const view = await context.loadView(taskId);
    if (view !== undefined) editIfDue(context, state, view);
  } catch (cause) {
    // The edit may be dropped: the next step of the task requests it again.
    context.log.warn({ err: cause, taskId }, 'progress not loaded');
  }
}

function initialState(since: number): EditState {
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

function dueAt(state: EditState, shape: number | undefined, editEveryMs: number): number {
  const { editedAt, notBefore, since } = state;
  if (editedAt !== undefined) {
    const isSameShape = shape !== undefined && shape === state.shape;
    const factor = isSameShape ? NUMBERS_ONLY_FACTOR : 1;
    return Math.max(editedAt + factor * editEveryMs, notBefore);
  }
  return Math.max(since + Math.min(FIRST_EDIT_WAIT_MS, editEveryMs), notBefore);
}

/**
 * The time now, rounded up, so that nothing happens too early; a fraction would need a heap object.
 */
function wholeMs(clock: Pick<Clock, 'elapsed'>): number {
  return Math.ceil(clock.elapsed());
}

/**
 * A fingerprint of 32 bits, which need no heap object. If two texts of a message collide, an edit
 * is skipped.
 */
function fingerprint(text: string): number {
  return createHash('sha1').update(text).digest().readInt32BE(0);
}

/** Resolves with true if the message shows the view now or the edit must not be retried. */
async function edit(
  { messages, clock, log, editEveryMs, cutting, ownership, lateEdits }: EditorContext,
  state: EditState,
  view: TaskView,
): Promise<boolean> {
  const address = state.address ?? view.task.address;
  const now = clock.now();
  const path = currentPath(address, now);
  if (now > address.tokenSince + PROGRESS_ENDS_MS || isLastTry(address, path)) return true;
  const tenure = ownership.tenureOf(view.task.guildId);
  if (tenure?.mayAct(SEND_MS) !== true) return true;
  const result = await editInTenure({ tenure, lateEdits }, view.task, async () =>
    editThrough(messages, address, view, now, cutting),
  );
  // Counted from the end of this edit, so that the next one also arrives late enough, however slow
  // this one was.
  state.editedAt = wholeMs(clock);
  if (result === undefined) return true;
  if (result.kind === 'done') {
    noteSuccess(state, address, result.messageId);
    return true;
  }
  log.debug({ taskId: view.task.id, result: result.kind }, 'progress edit not made');
  if (result.kind !== 'unreached' && result.kind !== 'try-again') return true;
  if (result.kind === 'unreached') {
    state.address = fallBack(address, path, result.why);
  } else {
    if (result.isRefusal === true) state.address = afterRefusal(address, path);
    state.failures += 1;
    state.notBefore = wholeMs(clock) + waitAfterFault(result, state.failures, editEveryMs);
  }
  forgetText(state);
  return false;
}

/** Nothing is known any more of what the message shows. */
function forgetText(state: EditState): void {
  state.text = undefined;
  state.shape = undefined;
}

function noteSuccess(state: EditState, address: MessageAddress, messageId: string): void {
  state.failures = 0;
  // If the acknowledgement did not return the id of the message, the first edit does.
  if (address.messageId === undefined || address.refusals !== undefined) {
    state.address = { ...withoutRefusals(address), messageId: address.messageId ?? messageId };
  }
}

/**
 * Edits by token or in the channel; `undefined` if only a new message is left, which is for the
 * final edit.
 */
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
