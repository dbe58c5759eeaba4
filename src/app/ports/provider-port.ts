import type { CreateOutcome, QueryOutcome } from '../../domain/tasks/provider-answer.ts';
import type { Submission } from '../../domain/routes/submission.ts';

// Re-exported for adapters, which depend only on the port that they implement.
export type { CreateOutcome, QueryOutcome, Usage } from '../../domain/tasks/provider-answer.ts';

/**
 * A submission with the bot's copies in it. `not-sent`: one could not be uploaded, for now. `gone`: one
 * is not there any more and has no address instead.
 */
export type GivenCopies =
  | { readonly kind: 'given'; readonly submission: Submission }
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'gone' };

/**
 * A video provider. A create is billable and made once per call; a query is free and repeatable.
 */
export interface ProviderPort {
  /**
   * Says that a create follows soon, so that its connection can be opened meanwhile. Sends nothing,
   * and a failure shows only at the create.
   */
  prepare?(): void;
  /** Gives the copies that a submission refers to; uploads cost nothing and may be repeated. */
  giveCopies(submission: Submission, signal: AbortSignal): Promise<GivenCopies>;
  /** Of a submission without copies. */
  create(submission: Submission, signal: AbortSignal): Promise<CreateOutcome>;
  query(providerTaskId: string, signal: AbortSignal): Promise<QueryOutcome>;
}
