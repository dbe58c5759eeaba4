/** A provider's short name: the part of a route's id before its slash, as in `provider/model`. */
export type ProviderId = string;

/**
 * What a task costs that its provider ended as failed: `released`, its documents say that it is free;
 * `assumed`, it is released as free although no document says so; `held`, only a person can tell.
 */
export type FailureCost = 'released' | 'assumed' | 'held';

/** What the bot has to know of a provider beyond its routes; the provider's descriptor says it. */
export interface ProviderTraits {
  readonly id: ProviderId;
  /** As people see it, in every language. */
  readonly name: string;
  /** The same where room is scarce. */
  readonly shortName: string;
  readonly failureCost: FailureCost;
  /** For so long after its create the provider may still finish a task, in milliseconds. */
  readonly lateFinishMs: number;
  /** How many creates may run at a time; one that is busy is sent less. */
  readonly createsAtOnce: number;
}
