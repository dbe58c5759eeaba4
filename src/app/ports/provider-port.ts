import type { CreateOutcome, QueryOutcome } from '../../domain/tasks/provider-answer.ts';
import type { Submission } from '../../domain/routes/submission.ts';

// Adapters name these through the port that they implement.
export type { CreateOutcome, QueryOutcome, Usage } from '../../domain/tasks/provider-answer.ts';

/** A video provider: starting is billable and happens once per call; looking is free and repeatable. */
export interface ProviderPort {
  create(submission: Submission, signal: AbortSignal): Promise<CreateOutcome>;
  query(providerTaskId: string, signal: AbortSignal): Promise<QueryOutcome>;
}
