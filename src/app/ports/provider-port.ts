import type {
  CancelOutcome,
  CreateOutcome,
  QueryOutcome,
} from '../../domain/tasks/provider-answer.ts';
import type { ExpectedFacts, ListedTask } from '../../domain/tasks/match-lost.ts';
import type { Submission, SubmittedMedia } from '../../domain/routes/submission.ts';
import type { LibraryPort } from './library-port.ts';

// Re-exported for adapters, which depend only on the port that they implement.
export type {
  CancelOutcome,
  CreateOutcome,
  QueryOutcome,
  Usage,
} from '../../domain/tasks/provider-answer.ts';

/** Of a copy that goes out inside of the create, `url` is the data URI up to its `content`. */
type SentMedia = Omit<SubmittedMedia, 'copy' | 'file'> & { readonly content?: Uint8Array };

/** A submission as it is sent: with the bot's copies in it, or without any. */
export type GivenSubmission = Omit<Submission, 'media'> & { readonly media: readonly SentMedia[] };

/**
 * A submission with the bot's copies in it. `not-sent`: one could not be uploaded, for now. `not-now`: one
 * could not be had, and may be there later. `gone`: one is not there any more and has no address instead.
 */
export type GivenCopies =
  | { readonly kind: 'given'; readonly submission: GivenSubmission }
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'not-now' }
  | { readonly kind: 'gone' };

/** What a provider answers when it is asked for its list of tasks. */
export type ListOutcome =
  | { readonly kind: 'listed'; readonly tasks: readonly ListedTask[] }
  /** Or the list could not be read whole. `detail` is for the log. */
  | { readonly kind: 'no-answer'; readonly detail: string };

/** How a create without an answer is found at a provider. */
export interface TaskSearch {
  /** How long a task is listed, in milliseconds. */
  readonly keptMs: number;
  /** What a task of this submission is listed with. */
  expects(submission: Submission): ExpectedFacts;
  /** The tasks of the account, at least those made since an instant in milliseconds. Free. */
  list(sinceMs: number, signal: AbortSignal): Promise<ListOutcome>;
}

/**
 * A video provider. A create is billable and made once per call; a query is free and repeatable.
 */
export interface ProviderPort {
  /** Its libraries of media that are on; absent where it has none. */
  readonly libraries?: readonly LibraryPort[];
  /**
   * Says that a create follows soon, so that its connection can be opened meanwhile. Sends nothing,
   * and a failure shows only at the create.
   */
  prepare?(): void;
  /** Gives the copies that a submission refers to; uploads cost nothing and may be repeated. */
  giveCopies(submission: Submission, signal: AbortSignal): Promise<GivenCopies>;
  create(submission: GivenSubmission, signal: AbortSignal): Promise<CreateOutcome>;
  query(providerTaskId: string, signal: AbortSignal): Promise<QueryOutcome>;
  /**
   * Asks the provider to cancel a task; absent where its documents have no such call. For queued tasks
   * only: of one that is over it may delete the video.
   */
  cancel?(providerTaskId: string, signal: AbortSignal): Promise<CancelOutcome>;
  /** Absent where its documents have no list of tasks. */
  readonly search?: TaskSearch;
}
