import type { ProviderRejection } from './provider-rejection.ts';

/**
 * What the answer to a create means.
 * Only `not-sent` and `busy` may be sent again; `unknown` never, for it may have been billed.
 * `detail` is for the log: no key, no prompt, no signed address.
 */
export type CreateOutcome =
  | { readonly kind: 'created'; readonly providerTaskId: string }
  | { readonly kind: 'refused'; readonly refusal: ProviderRejection }
  | { readonly kind: 'busy'; readonly retryAfterMs?: number; readonly detail: string }
  | { readonly kind: 'not-sent'; readonly detail: string }
  /** Nothing that makes videos is there: surely no task was made. */
  | { readonly kind: 'wrong-address'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** Usage by which a task priced by tokens is settled: what the provider bills, never negative. */
export interface Usage {
  readonly completionTokens: bigint;
}

/** One look at a task. `fault` and `busy` say nothing about the task itself. */
export type QueryOutcome =
  | { readonly kind: 'pending'; readonly progressPercent?: number }
  | { readonly kind: 'finished'; readonly resultUrl?: string; readonly usage?: Usage }
  | { readonly kind: 'failed'; readonly refusal: ProviderRejection }
  | { readonly kind: 'missing' }
  | { readonly kind: 'busy'; readonly retryAfterMs?: number; readonly detail: string }
  | {
      readonly kind: 'fault';
      readonly fault: 'unauthorized' | 'unavailable' | 'wrong-address' | 'bad-response';
      readonly detail: string;
    };
