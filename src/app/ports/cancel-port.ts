/**
 * The result of a cancellation. `sent`: the provider may already have the task; `gone`: it has
 * ended or never existed.
 */
export type CancelAnswer = 'cancelled' | 'sent' | 'of-another' | 'gone';

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
 * releases its reservation. Rejects if this cannot be written.
 */
export type CancelVideo = (taskId: string, by: Canceller) => Promise<CancelAnswer>;
