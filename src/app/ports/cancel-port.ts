/**
 * What came of taking a task back. `sent`: the provider may have it already; `gone`: it is over, or
 * was never there.
 */
export type CancelAnswer = 'cancelled' | 'sent' | 'of-another' | 'gone';

/** Takes a waiting task back for its caller; its money is released. Rejects where it cannot be written. */
export type CancelVideo = (taskId: string, memberId: string) => Promise<CancelAnswer>;
