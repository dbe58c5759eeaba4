import type { CreateOutcome, QueryOutcome } from '../../../src/app/ports/provider-port.ts';
import type { MediaKind } from '../../../src/domain/routes/options.ts';
import type { FailureCost } from '../../../src/domain/routes/provider-traits.ts';
import type { BillingUnit } from '../../../src/domain/routes/route.ts';
import type { ProviderDescriptor } from '../../../src/providers/descriptor.ts';
import type { Feature } from '../../../src/providers/features.ts';
import type { CreateDialect } from '../../../src/simulators/providers/dialects.ts';

/** What a provider gives to the contract that every provider meets. */
export interface ProviderUnderTest {
  readonly descriptor: ProviderDescriptor;
  /** Its simulation: what it refuses, its envelopes, its library. */
  readonly simulate: CreateDialect;
  readonly documents: ProviderDocuments;
  /** Cases that do not apply although nothing is lacking, by name, each with the reason. */
  readonly exceptions?: Readonly<Record<string, string>>;
}

/**
 * What stands in a provider's documents, copied from them and not from its folder: the two are
 * written apart, so that each finds the other's mistakes.
 */
export interface ProviderDocuments {
  /** What a failed task costs. */
  readonly failureCost: Documented<FailureCost>;
  /** How many hours a finished video can be fetched. */
  readonly resultHours: Documented<number>;
  /** How many hours after its create a task may still finish. */
  readonly lateFinishHours: Documented<number>;
  /** Every price that it bills a video by, by the keys of a price list, without `provider/`. */
  readonly prices: readonly { readonly key: string; readonly per: BillingUnit }[];
  /** The limits of files. A kind of a route that is not here takes any file. */
  readonly files: readonly FileLimits[];
  readonly creates: readonly CreateExample[];
  readonly queries: readonly QueryExample[];
  /** The answer to a query, with these parts where the documents have them. */
  readonly task: (parts: TaskParts) => unknown;
  /** Its words for the status of a task. */
  readonly words: Documented<
    Readonly<Record<'pending' | 'finished' | 'failed', readonly unknown[]>>
  >;
  /** Answers about the balance; absent where it lacks that. */
  readonly balances?: readonly { readonly body: unknown; readonly isSpent: boolean }[];
}

/** A fact and the page that it comes from. */
interface Documented<Value> {
  readonly is: Value;
  readonly source: string;
}

/** An answer that a document gives, or that was seen. */
interface Example<Outcome> {
  /** What it is an example of; unique among a provider's. */
  readonly what: string;
  readonly status: number;
  /** Sent as it is if it is text, else as JSON. */
  readonly body: unknown;
  readonly reads: Outcome;
  readonly source: string;
  /** The feature of the documents that it shows. */
  readonly shows?: Feature;
}

export interface CreateExample extends Example<Matching<CreateOutcome>> {
  /** The prompt of the request; by default one that no answer quotes. */
  readonly prompt?: string;
  /** Whether the request has media of the provider's library. */
  readonly hasAsset?: boolean;
  /** Of a refusal: whether a code gives its reason, after which another model may be tried. */
  readonly isCoded?: boolean;
  /** Whether its sentence decides, and no code: the prompt might be quoted in it. */
  readonly isSentence?: boolean;
}

export type QueryExample = Example<Matching<QueryOutcome>>;

/** An outcome, or a part of it. */
type Matching<Outcome extends { readonly kind: string }> = Pick<Outcome, 'kind'> &
  Readonly<Record<string, unknown>>;

/** Of a task in the answer to a query; what is absent has not come about yet. */
interface TaskParts {
  readonly status: unknown;
  readonly progress?: unknown;
  readonly url?: unknown;
  readonly usage?: unknown;
  /** What it cost, in the currency of the documents. */
  readonly cost?: unknown;
  /** Says that the cost is only the provider's own fee. */
  readonly isFeeAlone?: unknown;
  readonly reason?: unknown;
}

/** The limits that a document sets to the files of one kind. */
export interface FileLimits {
  readonly models: readonly string[];
  readonly kind: MediaKind;
  readonly mimeTypes?: readonly string[];
  readonly refusedMimeTypes?: readonly string[];
  readonly maxBytes?: number;
  readonly maxTotalBytes?: number;
  /** In seconds. */
  readonly length?: { readonly min: number; readonly max: number };
  readonly maxTotalSeconds?: number;
  /** Of width and height each, in pixels. */
  readonly side?: { readonly min: number; readonly max: number };
  readonly source: string;
}
