import type { LinkReason } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type {
  MessagePort,
  MessageResult,
  OutgoingFile,
  TaskView,
} from '../../app/ports/message-port.ts';
import { afterRefusal, fallBack, currentPath } from '../../domain/tasks/message-address.ts';
import type { MessageAddress, DeliveryPath } from '../../domain/tasks/message-address.ts';

export interface ReachDeps {
  readonly messages: MessagePort;
  readonly now: () => number;
  /** Writes what was learnt of the way to the message before the next call relies on it. */
  readonly remember: (address: MessageAddress) => Promise<void>;
  readonly signal: AbortSignal;
}

/** The message cannot carry the file, does not show it, or is wrong in its form. */
export type FileRefusal =
  | { readonly kind: 'too-large'; readonly why: LinkReason; readonly address: MessageAddress }
  | { readonly kind: 'file-missing' | 'malformed'; readonly address: MessageAddress };

/** The end of an attempt to bring a view to the message, with the address as it is known now. */
export type Reach =
  | { readonly kind: 'done' | 'lost'; readonly address: MessageAddress }
  | FileRefusal
  | {
      readonly kind: 'try-again';
      readonly address: MessageAddress;
      readonly afterMs?: number;
      readonly detail: string;
      /** Whether Discord refused, so that the message shows what it showed before. */
      readonly isRefusal?: true;
    };

/** So often a file is uploaded that Discord takes without showing it. */
export const UPLOAD_TRIES = 3;

/**
 * Brings a view to the task's one message by the ladder of docs/developers/architecture.md: webhook,
 * channel message, new message. Goes down only where a way is closed for good, and never up. What
 * Discord does not take of a message without a video is left out, step by step; of one with a
 * video the caller decides.
 */
export async function reachMessage(
  deps: ReachDeps,
  start: MessageAddress,
  view: TaskView,
  file?: OutgoingFile,
): Promise<Reach> {
  let going: Going = { address: start, shown: view, uploadsUnseen: 0 };
  for (;;) {
    const path = currentPath(going.address, deps.now());
    if (path === 'lost' || isBarred(path, going.address, view)) {
      return { kind: 'lost', address: going.address };
    }
    const address = { ...going.address, deliveryPath: path };
    const result = await callPath(deps, address, going.shown, file);
    const next = nextAfter(result, going, path, file !== undefined);
    if (next.address !== going.address) await deps.remember(next.address);
    if ('kind' in next) return next;
    going = next;
  }
}

/** How far an attempt has come. */
interface Going {
  readonly address: MessageAddress;
  readonly shown: TaskView;
  /** Uploads of a small file that Discord took without showing it. */
  readonly uploadsUnseen: number;
}

/** The end of the attempt, or what is tried next. */
function nextAfter(
  result: MessageResult,
  going: Going,
  path: DeliveryPath,
  hasVideo: boolean,
): Going | Reach {
  const { address } = going;
  switch (result.kind) {
    case 'done':
      return isInPlace(path, address)
        ? { kind: 'done', address }
        : afterPost(result, going, hasVideo);
    case 'try-again':
      return afterFault(result, going, path);
    case 'unreached':
      return { ...going, address: fallBack(address, path, result.why) };
    case 'too-large':
      return hasVideo ? fileRefused(result, address) : withoutParts('too-large', going, path);
    case 'file-missing':
    case 'malformed':
      return hasVideo ? { kind: result.kind, address } : withoutParts(result.kind, going, path);
    case 'rejected':
      return hasVideo ? withVideoRejected(result, going, path) : withoutWords(going, path);
  }
}

function fileRefused(
  { isForbidden }: Extract<MessageResult, { kind: 'too-large' }>,
  address: MessageAddress,
): Reach {
  return { kind: 'too-large', why: isForbidden === true ? 'not-allowed' : 'too-large', address };
}

/**
 * First without the words. A filter may then still refuse the edit of a message that had them, and
 * take the video in a new message; a restored store posts none. Else it can only be the video.
 */
function withVideoRejected(
  { why }: Extract<MessageResult, { kind: 'rejected' }>,
  going: Going,
  path: DeliveryPath,
): Going | Reach {
  const { address, shown } = going;
  if (why === 'explicit') return { kind: 'too-large', why, address };
  if (shown.isPlain !== true) return withoutWords(going, path);
  if (why === 'unknown') return { kind: 'too-large', why: 'refused', address };
  return path === 'repost' || shown.task.restored === true
    ? { kind: 'too-large', why, address }
    : { ...going, address: fallBack(address, path, 'message-gone') };
}

/** Of refusals by a code that may never change the last one leads to the next path, without a wait. */
function afterFault(
  result: Extract<MessageResult, { kind: 'try-again' }>,
  going: Going,
  path: DeliveryPath,
): Going | Reach {
  if (result.isRefusal !== true) return { ...result, address: going.address };
  const address = afterRefusal(going.address, path);
  return isGivenUp(path, address) ? { ...going, address } : { ...result, address };
}

function isGivenUp(path: DeliveryPath, { deliveryPath }: MessageAddress): boolean {
  return deliveryPath !== path && path !== 'repost';
}

/** The new message stands; it is recorded, then edited to carry what is still to come. */
function afterPost(
  { messageId, isPlace }: Extract<MessageResult, { kind: 'done' }>,
  going: Going,
  hasVideo: boolean,
): Going | Reach {
  const address = { ...going.address, deliveryPath: 'repost', repostId: messageId } as const;
  return hasVideo || isPlace === true ? { ...going, address } : { kind: 'done', address };
}

/** What is left of a message that was refused for its parts: its text alone. */
function withoutParts(
  why: 'too-large' | 'file-missing' | 'malformed',
  going: Going,
  path: DeliveryPath,
): Going | Reach {
  const uploadsUnseen = going.uploadsUnseen + (why === 'file-missing' ? 1 : 0);
  if (why === 'file-missing' && uploadsUnseen < UPLOAD_TRIES) return { ...going, uploadsUnseen };
  if (going.shown.isTextAlone !== true) {
    return { ...going, shown: { ...going.shown, isTextAlone: true } };
  }
  return why === 'malformed'
    ? withoutWords(going, path)
    : { kind: 'too-large', why: 'too-large', address: going.address };
}

/** What a message says is refused: first without words from outside, then by the next way. */
function withoutWords(going: Going, path: DeliveryPath): Going {
  const { shown, address } = going;
  return shown.isPlain === true
    ? { ...going, address: fallBack(address, path, 'no-access') }
    : { ...going, shown: { ...shown, isPlain: true } };
}

/** What a restored store would post may have been posted after the copy was made. */
function isBarred(path: DeliveryPath, address: MessageAddress, { task }: TaskView): boolean {
  return task.restored === true && !isInPlace(path, address);
}

/** A first new message only makes the place that the next edit fills. */
function isInPlace(path: DeliveryPath, { repostId }: MessageAddress): boolean {
  return path !== 'repost' || repostId !== undefined;
}

async function callPath(
  { messages, signal }: ReachDeps,
  address: MessageAddress,
  view: TaskView,
  file: OutgoingFile | undefined,
): Promise<MessageResult> {
  const token = view.task.secrets.interactionToken;
  switch (address.deliveryPath) {
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
        ? messages.post(address, firstContent(view, file), repostNonce(view.task), signal)
        : messages.editInChannel(address.channelId, address.repostId, view, file, signal);
    case 'lost':
      return { kind: 'unreached', why: 'no-access' };
  }
}

/** What a new message says while its video is still to come: not yet that it is there. */
function firstContent(view: TaskView, file: OutgoingFile | undefined): TaskView {
  const { outcome, ...inFlight } = view;
  return file === undefined || outcome === undefined ? view : inFlight;
}

/**
 * The same for every attempt at answering a call, so that Discord drops a second post while it
 * remembers the first.
 */
function repostNonce({ interactionId }: Task): string {
  return `r${interactionId}`.slice(0, 25);
}
