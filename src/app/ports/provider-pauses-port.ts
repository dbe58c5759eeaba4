import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

/** Providers that are paused because of the operator's key or balance. */
export interface ProviderPauses {
  /**
   * Pauses the provider if the rejection concerns the whole account. True if it was not paused
   * before.
   */
  pauseOnAccountRefusal(provider: string, category: RejectionCategory): boolean;
  /** When the pause ends, in milliseconds; `undefined` when the provider is not paused. */
  until(provider: string): number | undefined;
}
