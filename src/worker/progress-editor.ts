import type { MessagePort, MessageResult, TaskView } from '../app/message-port.ts';
import type { Clock, Log } from '../app/ports.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { descend, rungAt } from '../domain/tasks/message-address.ts';
import type { MessageAddress } from '../domain/tasks/message-address.ts';

/** After this only the last edit is made: Discord limits edits of messages older than an hour. */
const PROGRESS_ENDS_MS = 60 * 60_000;

export interface ProgressEditor {
  /** Wants the message to show this; edited when it would change and an edit is due. */
  show(view: TaskView): void;
  /** Makes no further edit of this task and resolves when none is under way, with what was learnt. */
  finish(taskId: string): Promise<MessageAddress | undefined>;
  /** What a failed edit taught of the way to the message; undefined: nothing. */
  learnt(taskId: string): MessageAddress | undefined;
  stop(): void;
}

export interface ProgressEditorDeps {
  readonly messages: MessagePort;
  readonly clock: Clock;
  readonly log: Log;
  /** Least time between two edits of one message, in milliseconds. */
  readonly editEveryMs: number;
}

interface Shown {
  wanted: TaskView;
  /** What the message says as far as is known. */
  text: string | undefined;
  dueAt: number;
  address: MessageAddress | undefined;
  underWay: Promise<void> | undefined;
  cancelTimer: (() => void) | undefined;
  isFinished: boolean;
}

/** Progress edits: droppable, one at a time a message, never before they are due. */
export function createProgressEditor(deps: ProgressEditorDeps): ProgressEditor {
  const byTask = new Map<string, Shown>();
  const stopping = createStopSignal();
  return {
    show(view) {
      const known = byTask.get(view.task.id);
      const shown = known ?? firstShown(view);
      if (known === undefined) byTask.set(view.task.id, shown);
      shown.wanted = view;
      consider(deps, shown, stopping.signal);
    },
    async finish(taskId) {
      const shown = byTask.get(taskId);
      if (shown === undefined) return undefined;
      shown.isFinished = true;
      shown.cancelTimer?.();
      await shown.underWay;
      byTask.delete(taskId);
      return shown.address;
    },
    learnt: (taskId) => byTask.get(taskId)?.address,
    stop() {
      stopping.abort();
      for (const shown of byTask.values()) shown.cancelTimer?.();
    },
  };
}

function firstShown(wanted: TaskView): Shown {
  return {
    wanted,
    text: undefined,
    dueAt: 0,
    address: undefined,
    underWay: undefined,
    cancelTimer: undefined,
    isFinished: false,
  };
}

/** Edits now, or sets a timer for when an edit is due, or does nothing where nothing would change. */
function consider(deps: ProgressEditorDeps, shown: Shown, stopping: AbortSignal): void {
  if (shown.isFinished || shown.underWay !== undefined || stopping.aborted) return;
  if (deps.messages.describe(shown.wanted) === shown.text) return;
  const wait = shown.dueAt - deps.clock.now();
  if (wait > 0) {
    shown.cancelTimer ??= deps.clock.after(wait, () => {
      shown.cancelTimer = undefined;
      consider(deps, shown, stopping);
    });
    return;
  }
  shown.underWay = edit(deps, shown, stopping)
    .catch((cause: unknown) => {
      deps.log.error({ err: cause }, 'progress edit broke');
    })
    .finally(() => {
      shown.underWay = undefined;
      consider(deps, shown, stopping);
    });
}

async function edit(
  { messages, clock, log, editEveryMs }: ProgressEditorDeps,
  shown: Shown,
  stopping: AbortSignal,
): Promise<void> {
  const view = shown.wanted;
  const address = shown.address ?? view.task.address;
  const now = clock.now();
  shown.text = messages.describe(view);
  if (now > address.tokenSince + PROGRESS_ENDS_MS) return;
  const result = await editThrough(messages, address, view, now, stopping);
  // From the end of this edit: so the next one also arrives no sooner, however slow this one was.
  shown.dueAt = clock.now() + editEveryMs;
  if (result === undefined) return;
  if (result.kind === 'done') {
    // An acknowledgement that did not tell the message's id: the first edit does.
    if (address.messageId === undefined)
      shown.address = { ...address, messageId: result.messageId };
    return;
  }
  if (result.kind === 'unreached') {
    shown.address = descend(address, rungAt(address, now), result.why);
    shown.text = undefined;
  } else if (result.kind === 'try-again') {
    shown.dueAt = clock.now() + Math.max(result.afterMs ?? 0, editEveryMs);
    shown.text = undefined;
  }
  log.debug({ taskId: view.task.id, result: result.kind }, 'progress edit not made');
}

/** Progress has two ways; where only a new message is left, it waits for the last one. */
async function editThrough(
  messages: MessagePort,
  address: MessageAddress,
  view: TaskView,
  now: number,
  signal: AbortSignal,
): Promise<MessageResult | undefined> {
  const rung = rungAt(address, now);
  const token = view.task.secrets.interactionToken;
  if (rung === 'webhook' && token !== undefined) {
    return messages.editByToken(address, token, view, undefined, signal);
  }
  if (rung === 'channel' && address.messageId !== undefined) {
    return messages.editInChannel(address.channelId, address.messageId, view, undefined, signal);
  }
  return undefined;
}
