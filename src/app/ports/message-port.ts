import type { MessageAddress } from '../../domain/tasks/message-address.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** So far a place in the queue is told exactly; behind, it would only change for ever. */
export const MAX_SHOWN_QUEUE_POSITION = 50;

/** What a task's message shows: its progress, or how it ended. */
export interface TaskView {
  readonly task: Task;
  /** Absent: the task is under way. */
  readonly outcome?: Outcome;
  /**
   * Its place in the queue, 1 for the next, while it waits and its caller may take it back; above
   * `PLACES_TOLD`: somewhere behind them.
   */
  readonly queuePosition?: number;
  /** Without words from outside (the prompt, the provider's), for a message that Discord refused. */
  readonly isPlain?: boolean;
  /** Without components and files, for a message that Discord called malformed. */
  readonly isTextAlone?: boolean;
}

/** A file on disk to carry along; replaces what the message carried before. */
export interface OutgoingFile {
  readonly path: string;
  readonly name: string;
}

/** What became of one call to Discord. Anything but `done` leaves the message as it was, or unknown. */
export type MessageResult =
  | {
      readonly kind: 'done';
      readonly messageId: string;
      /** Posted as a place alone: what it is to show comes by an edit. */
      readonly isPlace?: true;
    }
  /** Done, Discord says, but the message that it answers with does not show the file. */
  | { readonly kind: 'file-missing' }
  /** This way is closed for good; a 401 on a webhook must never be repeated. */
  | { readonly kind: 'unreached'; readonly why: 'token-refused' | 'message-gone' | 'no-access' }
  /** The file is not taken: too large, or forbidden in this channel or server. */
  | { readonly kind: 'too-large'; readonly isForbidden?: true }
  /** Discord finds the form of the message wrong, whatever it says: code 50035. */
  | { readonly kind: 'malformed' }
  /**
   * Discord refuses the content. `filtered`: its words, by a filter of Discord or of the server.
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

/** The channel as tasks see it. Edits are idempotent; a post is made once per nonce, for minutes. */
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
  /** A new message without a file, naming the caller; what needs one is posted as a place for it. */
  post(
    address: MessageAddress,
    view: TaskView,
    nonce: string,
    signal: AbortSignal,
  ): Promise<MessageResult>;
  /** What the message would say of how far the task is: all of it that an edit may change. */
  describe(view: TaskView): string;
}
