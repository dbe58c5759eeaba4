import type { ReportedCost } from '../ledger/reported-cost.ts';
import type { ProviderRejection } from './provider-rejection.ts';

/**
 * What the answer to a create means.
 * Only `not-sent`, `busy` and `assets-unready` may be sent again; `unknown` never, because it may have
 * been billed.
 * `detail` is for the log: no key, no prompt, no signed address.
 */
export type CreateOutcome =
  | {
      readonly kind: 'created';
      readonly providerTaskId: string;
      /** The model that the answer names, if it is another than was sent; in the provider's words. */
      readonly otherModel?: string;
    }
  | {
      readonly kind: 'refused';
      readonly refusal: ProviderRejection;
      /** A known code or status gives the reason, not words alone. */
      readonly isCoded?: true;
    }
  | { readonly kind: 'busy'; readonly retryAfterMs?: number; readonly detail: string }
  /** Certainly refused, because the provider cannot use its media in the library yet. */
  | { readonly kind: 'assets-unready'; readonly refusal: ProviderRejection }
  | { readonly kind: 'not-sent'; readonly detail: string }
  /** The address serves no video API, so certainly no task was created. */
  | { readonly kind: 'wrong-address'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/**
 * The answer to a request to cancel a task. It decides nothing: what became of the task is what a poll
 * says afterwards.
 */
export type CancelOutcome =
  | { readonly kind: 'accepted' }
  /** It has begun, or is over. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unclear'; readonly detail: string };

/** The usage that the provider bills, which settles a task priced by tokens; never negative. */
export interface Usage {
  readonly completionTokens: bigint;
}

/** The result of one poll of a task. `fault` and `busy` say nothing about the task itself. */
export type QueryOutcome =
  | {
      readonly kind: 'pending';
      readonly progressPercent?: number;
      /** The provider says that it has not begun. */
      readonly isQueued?: true;
    }
  | {
      readonly kind: 'finished';
      readonly resultUrl?: string;
      /** Only the provider's key opens the address, so members are not shown it. */
      readonly needsKey?: true;
      /** The address of its last frame, from a provider that gives one. */
      readonly lastFrameUrl?: string;
      readonly usage?: Usage;
      /** What the provider says that it cost; absent where it reports only a fee of its own. */
      readonly cost?: ReportedCost;
    }
  | {
      readonly kind: 'failed';
      readonly refusal: ProviderRejection;
      /** The provider says that it was cancelled there. */
      readonly isCancelled?: true;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'busy'; readonly retryAfterMs?: number; readonly detail: string }
  | {
      readonly kind: 'fault';
      readonly fault: 'unauthorized' | 'unavailable' | 'wrong-address' | 'bad-response';
      readonly detail: string;
    };
