import type { Intent } from './intent-log-port.ts';
import type { MessageAddress } from '../../domain/tasks/message-address.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { VideoContent } from './video-port.ts';

/** Queue positions up to this are shown exactly; those behind would only change all the time. */
export const MAX_SHOWN_QUEUE_POSITION = 50;

/** What the message of a task shows: its progress, or its outcome. */
export interface TaskView {
  readonly task: Task;
  /** `undefined` while the task runs. */
  readonly outcome?: Outcome;
  /**
   * The position in the queue, 1 for the next, while the task waits and can be cancelled; above
   * `MAX_SHOWN_QUEUE_POSITION` it is only known to be further behind.
   */
  readonly queuePosition?: number;
  /**
   * Leaves out text from outside (the prompt, the provider's), for a message that Discord rejected.
   */
  readonly isPlain?: boolean;
  /** The file is a smaller copy of the clip whose address the message has. */
  readonly isSmaller?: boolean;
  /** Leaves out components and files, for a message that Discord called malformed. */
  readonly isTextAlone?: boolean;
}

/** A video to attach; it replaces the earlier attachments. */
export interface OutgoingFile {
  readonly name: string;
  readonly content: VideoContent;
}

/**
 * The result of one call to Discord. Unless it is `done`, the message is unchanged or its state
 * unknown.
 */
export type MessageResult =
  | {
      readonly kind: 'done';
      readonly messageId: string;
      /** Posted as a placeholder: an edit must bring the content. */
      readonly isPlaceholder?: true;
    }
  /** Discord reports success, but the message that it returns lacks the file. */
  | { readonly kind: 'file-missing' }
  /** This path is closed for good; a 401 on a webhook must never be repeated. */
  | {
      readonly kind: 'unreached';
      readonly why: 'token-refused' | 'message-gone' | 'no-access';
      /** Discord knows of no reply by this token: one on its way may not be there yet. */
      readonly isAbsent?: true;
    }
  /** Discord does not accept the file: it is too large, or forbidden in this channel or server. */
  | { readonly kind: 'too-large'; readonly isForbidden?: true }
  /** Discord rejects the form of the message, whatever its text: code 50035. */
  | { readonly kind: 'malformed' }
  /**
   * Discord rejects the content. `filtered`: its words, by a filter of Discord or of the server.
   * `explicit`: its file. `unknown`: by a code that does not say.
   */
  | {
      readonly kind: 'rejected';
      readonly why: 'filtered' | 'explicit' | 'unknown';
      readonly detail: string;
    }
  | {
      readonly kind: 'try-again';
      readonly afterMs?: number;
      readonly detail: string;
      /** Whether Discord refuses by a code that may never change on this path. */
      readonly isRefusal?: true;
    };

/**
 * Edits and posts the messages of tasks. Edits are idempotent; Discord drops a post with a repeated
 * nonce for some minutes.
 */
export interface MessagePort {
  editByToken(
    address: MessageAddress,
    interactionToken: string,
    view: TaskView,
    file: OutgoingFile | undefined,
    signal: AbortSignal,
  ): Promise<MessageResult>;
  editInChannel(
    channelId: string,
    messageId: string,
    view: TaskView,
    file: OutgoingFile | undefined,
    signal: AbortSignal,
  ): Promise<MessageResult>;
  /**
   * Posts a new message that mentions the caller. It carries no file: if one is needed, a
   * placeholder is posted.
   */
  post(
    address: MessageAddress,
    view: TaskView,
    nonce: string,
    signal: AbortSignal,
  ): Promise<MessageResult>;
  /** Says on the public reply of a call that nothing of it began. */
  sayNotStarted(
    call: Pick<Intent, 'applicationId' | 'interactionToken' | 'language'>,
    signal: AbortSignal,
  ): Promise<MessageResult>;
  /** The progress text of the message: everything that an edit may change. */
  describe(view: TaskView): string;
}
