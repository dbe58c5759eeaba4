import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

/** One pause of a provider, the same for all processes on a store. */
export interface ProviderPause {
  /** No other pause has it. */
  readonly id: string;
  readonly provider: string;
  readonly category: RejectionCategory;
}

/** Providers that are paused because of the operator's key or balance. */
export interface ProviderPauses {
  /**
   * Pauses the provider, at once, if the rejection concerns the whole account. Resolves with the pause
   * that begins by it, or `undefined` where a process has it paused already. Never rejects.
   */
  pauseOnAccountRefusal(
    provider: string,
    category: RejectionCategory,
  ): Promise<ProviderPause | undefined>;
  /** When the pause ends, in milliseconds; `undefined` when the provider is not paused. */
  until(provider: string): number | undefined;
  /** The pauses that last, without those that an older version reported, which gives no reason. */
  running(): readonly ProviderPause[];
  /**
   * Calls `then` with each pause of `running` when it begins or is first heard of. It may be called with
   * one again: where it could be reported after all, or where its end comes to processes one by one.
   */
  onPause(then: (pause: ProviderPause) => void): void;
}
