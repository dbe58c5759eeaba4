import type { CreateOutcome, QueryOutcome } from '../../domain/tasks/provider-answer.ts';
import type { Submission } from '../../domain/routes/submission.ts';

// Re-exported for adapters, which depend only on the port that they implement.
export type { CreateOutcome, QueryOutcome, Usage } from '../../domain/tasks/provider-answer.ts';

/**
 * A video provider. A create is billable and made once per call; a query is free and repeatable.
 */
export interface ProviderPort {
  /**
   * Says that a create follows soon, so that its connection can be opened meanwhile. Sends nothing,
   * and a failure shows only at the create.
   */
  prepare?(): void;
  create(submission: Submission, signal: AbortSignal): Promise<CreateOutcome>;
  query(providerTaskId: string, signal: AbortSignal): Promise<QueryOutcome>;
}
