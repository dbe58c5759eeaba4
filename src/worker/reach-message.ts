import type { MessagePort, MessageResult, OutgoingFile, TaskView } from '../app/message-port.ts';
import { descend, rungAt } from '../domain/tasks/message-address.ts';
import type { MessageAddress, Rung } from '../domain/tasks/message-address.ts';

export interface ReachDeps {
  readonly messages: MessagePort;
  readonly now: () => number;
  /** Writes what was learnt of the way to the message before the next call relies on it. */
  readonly remember: (address: MessageAddress) => Promise<void>;
  readonly signal: AbortSignal;
}

/** The end of an attempt to bring a view to the message, with the address as it is known now. */
export type Reach =
  | { readonly kind: 'done' | 'too-large' | 'lost'; readonly address: MessageAddress }
  | {
      readonly kind: 'try-again';
      readonly address: MessageAddress;
      readonly afterMs?: number;
      readonly detail: string;
    };

/**
 * Brings a view to the task's one message by the ladder of docs/architecture.md: webhook,
 * channel message, new message. Goes down only where a way is closed for good, and never up.
 */
export async function reachMessage(
  deps: ReachDeps,
  start: MessageAddress,
  view: TaskView,
  file?: OutgoingFile,
): Promise<Reach> {
  let address = start;
  let shown = view;
  for (;;) {
    const rung = rungAt(address, deps.now());
    if (rung === 'lost' || isBarred(rung, address, view)) return { kind: 'lost', address };
    // oxlint-disable-next-line no-await-in-loop -- a rung is tried where the one above failed
    const result = await callRung(deps, { ...address, rung }, shown, file);
    switch (result.kind) {
      case 'done':
        if (isStanding(rung, address)) return { kind: 'done', address };
        // The new message stands; it is recorded, then edited to carry the file.
        address = { ...address, rung, repostId: result.messageId };
        // oxlint-disable-next-line no-await-in-loop -- kept before the next rung is tried
        await deps.remember(address);
        if (file === undefined) return { kind: 'done', address };
        break;
      case 'too-large':
      case 'try-again':
        return { ...result, address };
      case 'rejected':
        // Without words it can only be the file: its address is what is left.
        if (isFileAlone(shown, file)) return { kind: 'too-large', address };
        ({ shown, address } = withoutWords(shown, address, rung));
        break;
      case 'unreached':
        address = descend(address, rung, result.why);
        // oxlint-disable-next-line no-await-in-loop -- kept before the next rung is tried
        await deps.remember(address);
        break;
    }
  }
}

/** What a restored store would post may have been posted after the copy was made. */
function isBarred(rung: Rung, address: MessageAddress, { task }: TaskView): boolean {
  return task.restored === true && !isStanding(rung, address);
}

/** A first new message only makes the place that the next edit fills. */
function isStanding(rung: Rung, { repostId }: MessageAddress): boolean {
  return rung !== 'repost' || repostId !== undefined;
}

function isFileAlone({ isPlain }: TaskView, file: OutgoingFile | undefined): boolean {
  return file !== undefined && isPlain === true;
}

/** What a message says is refused: first without words from outside, then by the next way. */
function withoutWords(
  shown: TaskView,
  address: MessageAddress,
  rung: Rung,
): { shown: TaskView; address: MessageAddress } {
  return shown.isPlain === true
    ? { shown, address: descend(address, rung, 'no-access') }
    : { shown: { ...shown, isPlain: true }, address };
}

async function callRung(
  { messages, signal }: ReachDeps,
  address: MessageAddress,
  view: TaskView,
  file: OutgoingFile | undefined,
): Promise<MessageResult> {
  const token = view.task.secrets.interactionToken;
  switch (address.rung) {
    case 'webhook':
      return token === undefined
        ? { kind: 'unreached', why: 'token-refused' }
        : messages.editByToken(address, token, view, file, signal);
    case 'channel':
      return address.messageId === undefined
        ? { kind: 'unreached', why: 'message-gone' }
        : messages.editInChannel(address.channelId, address.messageId, view, file, signal);
    case 'repost':
      return address.repostId === undefined
        ? messages.post(address, placeFor(view, file), repostNonce(view.task.id), signal)
        : messages.editInChannel(address.channelId, address.repostId, view, file, signal);
    case 'lost':
      return { kind: 'unreached', why: 'no-access' };
  }
}

/** What a new message says while its video is still to come: not yet that it is there. */
function placeFor(view: TaskView, file: OutgoingFile | undefined): TaskView {
  const { outcome, ...underWay } = view;
  return file === undefined || outcome === undefined ? view : underWay;
}

/** The same for every attempt, so that Discord drops a second post while it remembers the first. */
function repostNonce(taskId: string): string {
  return `r${taskId}`.slice(0, 25);
}
