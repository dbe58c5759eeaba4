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

/** What reaching a message needs. */
export interface ReachDeps {
  readonly messages: MessagePort;
  readonly now: () => number;
  /** Stores a changed address before the next call relies on it. */
  readonly saveAddress: (address: MessageAddress) => Promise<void>;
  /** Writes what is held back of the task before a new message is posted, which is done once. */
  readonly beforePost: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** The message cannot carry the file, does not show it, or is wrong in its form. */
export type FileRefusal =
  | { readonly kind: 'too-large'; readonly why: LinkReason; readonly address: MessageAddress }
  | { readonly kind: 'file-missing' | 'malformed'; readonly address: MessageAddress };

/** The result of bringing a view to the message, with the latest address. */
export type ReachResult =
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

/** How often a file is uploaded that Discord accepts without showing it. */
export const UPLOAD_TRIES = 3;

/**
 * Brings a view to the one message of a task along the delivery paths of
 * docs/developers/architecture.md: webhook, channel message, new message. It falls back only when a
 * path is closed for good, and never returns to an earlier one. From a message without a video it
 * removes step by step what Discord rejects; for one with a video the caller decides.
 */
export async function reachMessage(
  deps: ReachDeps,
  start: MessageAddress,
  view: TaskView,
  file?: OutgoingFile,
): Promise<ReachResult> {
  let attempt: Attempt = { address: start, shown: view, uploadsUnseen: 0 };
  for (;;) {
    const path = currentPath(attempt.address, deps.now());
    if (path === 'lost' || isRepostForbidden(path, attempt.address, view)) {
      return { kind: 'lost', address: attempt.address };
    }
    const address = { ...attempt.address, deliveryPath: path };
    if (!isEdit(path, address)) await deps.beforePost();
    const result = await callPath(deps, address, attempt.shown, file);
    const next = nextAfter(result, attempt, path, file !== undefined);
    if (next.address !== attempt.address) await deps.saveAddress(next.address);
    if ('kind' in next) return next;
    attempt = next;
  }
}

/** The state of an attempt. */
interface Attempt {
  readonly address: MessageAddress;
  readonly shown: TaskView;
  /** Uploads of a small file that Discord took without showing it. */
  readonly uploadsUnseen: number;
}

/** The result of the attempt, or the state for the next try. */
function nextAfter(
  result: MessageResult,
  attempt: Attempt,
  path: DeliveryPath,
  hasVideo: boolean,
): Attempt | ReachResult {
  const { address } = attempt;
  switch (result.kind) {
    case 'done':
      return isEdit(path, address)
        ? { kind: 'done', address }
        : afterPost(result, attempt, hasVideo);
    case 'try-again':
      return afterFault(result, attempt, path);
    case 'unreached':
      return { ...attempt, address: fallBack(address, path, result.why) };
    case 'too-large':
      return hasVideo ? fileRefused(result, address) : withoutParts('too-large', attempt, path);
    case 'file-missing':
    case 'malformed':
      return hasVideo ? { kind: result.kind, address } : withoutParts(result.kind, attempt, path);
    case 'rejected':
      return hasVideo ? withVideoRejected(result, attempt, path) : withoutWords(attempt, path);
  }
}

function fileRefused(
  { isForbidden }: Extract<MessageResult, { kind: 'too-large' }>,
  address: MessageAddress,
): ReachResult {
  return { kind: 'too-large', why: isForbidden === true ? 'not-allowed' : 'too-large', address };
}

/**
 * First without the words. A filter may then still refuse the edit of a message that had them, and
 * take the video in a new message; a restored store posts none. Else it can only be the video.
 */
function withVideoRejected(
  { why }: Extract<MessageResult, { kind: 'rejected' }>,
  attempt: Attempt,
  path: DeliveryPath,
): Attempt | ReachResult {
  const { address, shown } = attempt;
  if (why === 'explicit') return { kind: 'too-large', why, address };
  if (shown.isPlain !== true) return withoutWords(attempt, path);
  if (why === 'unknown') return { kind: 'too-large', why: 'refused', address };
  return path === 'repost' || shown.task.restored === true
    ? { kind: 'too-large', why, address }
    : { ...attempt, address: fallBack(address, path, 'message-gone') };
}

/** Of refusals by a code that may never change the last one leads to the next path, without a wait. */
function afterFault(
  result: Extract<MessageResult, { kind: 'try-again' }>,
  attempt: Attempt,
  path: DeliveryPath,
): Attempt | ReachResult {
  if (result.isRefusal !== true) return { ...result, address: attempt.address };
  const address = afterRefusal(attempt.address, path);
  return isGivenUp(path, address) ? { ...attempt, address } : { ...result, address };
}

function isGivenUp(path: DeliveryPath, { deliveryPath }: MessageAddress): boolean {
  return deliveryPath !== path && path !== 'repost';
}

/** Records the new message; an edit then adds what is missing. */
function afterPost(
  { messageId, isPlaceholder }: Extract<MessageResult, { kind: 'done' }>,
  attempt: Attempt,
  hasVideo: boolean,
): Attempt | ReachResult {
  const address = { ...attempt.address, deliveryPath: 'repost', repostId: messageId } as const;
  return hasVideo || isPlaceholder === true ? { ...attempt, address } : { kind: 'done', address };
}

/** Reduces a message that was rejected for its parts to its text. */
function withoutParts(
  why: 'too-large' | 'file-missing' | 'malformed',
  attempt: Attempt,
  path: DeliveryPath,
): Attempt | ReachResult {
  const uploadsUnseen = attempt.uploadsUnseen + (why === 'file-missing' ? 1 : 0);
  if (why === 'file-missing' && uploadsUnseen < UPLOAD_TRIES) return { ...attempt, uploadsUnseen };
  if (attempt.shown.isTextAlone !== true) {
    return { ...attempt, shown: { ...attempt.shown, isTextAlone: true } };
  }
  return why === 'malformed'
    ? withoutWords(attempt, path)
    : { kind: 'too-large', why: 'too-large', address: attempt.address };
}

/**
 * Reduces a message whose text was rejected: first to text without outside words, then to the next
 * path.
 */
function withoutWords(attempt: Attempt, path: DeliveryPath): Attempt {
  const { shown, address } = attempt;
  return shown.isPlain === true
    ? { ...attempt, address: fallBack(address, path, 'no-access') }
    : { ...attempt, shown: { ...shown, isPlain: true } };
}

/**
 * Whether a new message is forbidden: a restored store may have posted one after the copy was made.
 */
function isRepostForbidden(
  path: DeliveryPath,
  address: MessageAddress,
  { task }: TaskView,
): boolean {
  return task.restored === true && !isEdit(path, address);
}

/**
 * Whether the path edits an existing message. The first repost only creates one for the next edit.
 */
function isEdit(path: DeliveryPath, { repostId }: MessageAddress): boolean {
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

/** What a new message shows before its video is attached: the progress, not the outcome. */
function firstContent(view: TaskView, file: OutgoingFile | undefined): TaskView {
  const { outcome, ...progress } = view;
  return file === undefined || outcome === undefined ? view : progress;
}

/**
 * The same nonce for every post of a task, so that Discord drops a duplicate while it remembers the
 * first.
 */
function repostNonce({ interactionId }: Task): string {
  return `r${interactionId}`.slice(0, 25);
}
