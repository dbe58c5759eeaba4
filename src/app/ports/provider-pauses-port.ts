import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

/** Providers that are paused because of the operator's key or balance. */
export interface ProviderPauses {
  /**
   * Pauses the provider, at once, if the rejection concerns the whole account. Resolves with whether it
   * was paused by no process before. Never rejects.
   */
  pauseOnAccountRefusal(provider: string, category: RejectionCategory): Promise<boolean>;
  /** When the pause ends, in milliseconds; `undefined` when the provider is not paused. */
  until(provider: string): number | undefined;
}
