/**
 * The result of a cancellation. `asked`: its provider was asked to cancel it, and the next poll finds
 * out whether it did. `sent`: the provider already has the task and may have begun; `gone`: it has
 * ended or never existed.
 */
export type CancelAnswer = 'cancelled' | 'asked' | 'sent' | 'of-another' | 'gone';

/** Who wants to cancel a task, and where. */
export interface Canceller {
  readonly memberId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** Whether they may manage messages in that channel. */
  readonly managesMessages: boolean;
}

/**
 * Cancels a waiting task, for its caller and for members who manage messages in its channel, and
 * releases its reservation. One that waits at its provider is cancelled there, which takes seconds.
 * Rejects if this cannot be written.
 */
export type CancelVideo = (taskId: string, by: Canceller) => Promise<CancelAnswer>;
