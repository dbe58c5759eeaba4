import type { CopyRules } from './copy-rules.ts';

/** A provider's short name: the part of a route's id before its slash, as in `provider/model`. */
export type ProviderId = string;

/**
 * What a task costs that failed at its provider. `released`: free by the provider's documents.
 * `assumed`: treated as free although no document says so. `held`: a person has to decide.
 */
export type FailureCost = 'released' | 'assumed' | 'held';

/** What the bot needs to know about a provider beyond its routes, from the provider's descriptor. */
export interface ProviderTraits {
  readonly id: ProviderId;
  /** The displayed name, the same in every language. */
  readonly name: string;
  readonly failureCost: FailureCost;
  /**
   * The currency in which it reports what a finished task cost (ISO 4217); absent where it reports none.
   */
  readonly costCurrency?: string;
  /** How it takes the bot's own copies of media. */
  readonly copies: CopyRules;
  /** Whether it has a library of media, whose uploads it may charge for. */
  readonly hasLibrary: boolean;
  /** Whether its documents have a deletion from that library. */
  readonly deletesAssets: boolean;
  /** The least time between two polls of a task that its documents ask for, in milliseconds. */
  readonly minPollMs?: number;
  /** How long a result URL stays valid after the task finishes, in milliseconds. */
  readonly resultRetentionMs: number;
  /** How long after its create the provider may still finish a task, in milliseconds. */
  readonly lateFinishMs: number;
}
