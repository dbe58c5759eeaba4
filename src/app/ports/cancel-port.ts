/**
 * The result of a cancellation. `sent`: the provider may already have the task; `gone`: it has
 * ended or never existed.
 */
export type CancelAnswer = 'cancelled' | 'sent' | 'of-another' | 'gone';

/**
 * Cancels a waiting task for its caller and releases its reservation. Rejects if this cannot be
 * written.
 */
export type CancelVideo = (taskId: string, memberId: string) => Promise<CancelAnswer>;
