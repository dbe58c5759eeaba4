import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

/** Providers that nobody is sent to for now: the operator's key or balance is the trouble. */
export interface ProviderPauses {
  /** Takes note of a refusal; true: it concerns the whole account and pauses the provider anew. */
  pauseOnAccountRefusal(provider: string, category: RejectionCategory): boolean;
  /** Until when the provider is paused, in milliseconds; undefined: it is not. */
  until(provider: string): number | undefined;
}
