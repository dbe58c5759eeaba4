import type { RejectionCategory } from '../domain/tasks/provider-rejection.ts';

/** Categories by code family: the code up to its first dot, in lower case. */
export type CodeFamilies = ReadonlyMap<string, RejectionCategory>;

/**
 * What an answer can say about the provider or the account instead of the request. `busy` delays the
 * creates of all members, the others pause the provider for all.
 */
export type ProviderCondition = 'busy' | 'balance-spent' | 'unauthorized';

/** Conditions of the account, which pause the provider for all members. */
export type AccountCondition = Exclude<ProviderCondition, 'busy'>;

/** Categories of a rejection that concern its request alone. */
export type RequestCategory = Exclude<RejectionCategory, ProviderCondition>;

/** Patterns of messages by category. `rejection-category.ts` defines the order in which they are tried. */
export type Sentences = Readonly<Partial<Record<RequestCategory, readonly RegExp[]>>>;

/**
 * A sentence about the provider or the account that a document or an observed answer gives for these
 * statuses. `provider-condition.ts` decides when it counts.
 */
export interface ConditionSentence {
  readonly means: ProviderCondition;
  /** Matches the whole message. */
  readonly pattern: RegExp;
  /** Its fixed words, which are compared with the prompt. */
  readonly words: string;
  readonly statuses: readonly number[] | 'below-500';
  /** The innermost code beside it; `undefined` when it counts only without a code. */
  readonly besideCode?: string;
}

/** The meaning of error codes. */
export interface Codes {
  /** Codes that decide the category, whatever message stands beside them. */
  readonly decisive: CodeFamilies;
  /** Full codes whose category differs from that of their family. */
  readonly exceptions: readonly (readonly [code: RegExp, category: RejectionCategory])[];
  /** Code endings that give the reason for a moderation. */
  readonly moderationReasons: readonly (readonly [ending: RegExp, category: RejectionCategory])[];
  /** Unspecific codes: the message beside them decides first. */
  readonly vague: CodeFamilies;
  /** Code families that mean "too busy". */
  readonly busy: ReadonlySet<string>;
  /** Code families that mean that a gateway forwarded the create and lost track of it. */
  readonly ambiguous: ReadonlySet<string>;
  /** A gateway's code for "the upstream rejected it": its message is the upstream's whole answer. */
  readonly wrapper: string | undefined;
}

/** Where a finished task reports what it cost (`read-cost.ts`). */
export interface CostPaths {
  readonly path: string;
  /** Of every amount there, as its documents say; ISO 4217. */
  readonly currency: string;
  /** What stands here says that the amount is only the provider's own fee. */
  readonly feeAlonePath?: string;
}

/** A message for a path that does not exist. */
export interface PathSentence {
  readonly pattern: RegExp;
  /** Its fixed words, which are compared with the prompt. */
  readonly words: string;
  /** The message as a whole; where it is that, only a prompt with all of these words may be quoted. */
  readonly whole?: RegExp;
}

/** How a provider's answers look, as data for `read-create.ts` and `read-query.ts`. */
export interface Dialect {
  /** Values of `code` that mean success, in lower case. */
  readonly successCodes: ReadonlySet<string>;
  /** Whether a non-empty `error` field declares an error, with or without a `code`. */
  readonly hasErrorField: boolean;
  /**
   * Whether the answer's own `code`, other than success, declares an error: always, only where the
   * answer has neither `data` nor a task id, or never.
   */
  readonly errorByCode: 'always' | 'alone' | 'never';
  /** A field that declares an error where there is no `error`: a text, or a list of objects with `msg`. */
  readonly detailField?: string;
  /** Where the words of the maker behind a gateway stand: a text, perhaps JSON, or an error. */
  readonly makersErrorPath?: string;
  readonly codes: Codes;
  /** The provider's own codes, compared exactly. Its message may refine the category. */
  readonly ownCodes: ReadonlyMap<string, RejectionCategory>;
  /** Of the own codes, those that stand for any error whatever; `undefined` when none does. */
  readonly catchAllCodes?: ReadonlySet<string>;
  readonly sentences: Sentences;
  readonly conditionSentences: readonly ConditionSentence[];
  /**
   * Sentences of a refused create that say that a medium in the library cannot be used yet; `words`
   * are compared with the prompt. `undefined` if no document gives one.
   */
  readonly unreadyAssets?: readonly { readonly pattern: RegExp; readonly words: string }[];
  /**
   * The server's message for a path that does not exist, besides New-API's: `pattern` matches its start,
   * `words` are compared with the prompt. `undefined` if it answers in no format of its own.
   */
  readonly noSuchPathSentence?: PathSentence;
  /** Codes, or parts of messages, that say that the task does not exist. */
  readonly noSuchTaskMarkers: readonly string[];
  /** Paths of the task id in the answer to a create, most likely first. */
  readonly taskIdPaths: readonly string[];
  /** Paths of the model in the answer to a create. */
  readonly modelPaths: readonly string[];
  /** Whether to ignore an id beside a `code` that is neither text nor a number. */
  readonly taskIdNeedsPlainCode: boolean;
  /** Paths of the task's status, outermost first. */
  readonly statusPaths: readonly string[];
  /** Path of the upstream's status. If it says failed, the task failed even if the gateway shows it as running. */
  readonly upstreamStatusPath?: string;
  /** Status words in lower case. Any other word means that the task is running. */
  readonly doneStatuses: readonly string[];
  readonly failedStatuses: readonly string[];
  /** Words for a task that has not begun; `undefined` if nothing depends on it. */
  readonly queuedStatuses?: readonly string[];
  /** Those of the words for "failed" that mean "cancelled"; `undefined` if nothing depends on it. */
  readonly cancelledStatuses?: readonly string[];
  readonly progressPath: string;
  readonly resultUrlPaths: readonly string[];
  /** Whether a result may be given as a path at the server; its `results` complete it. */
  readonly hasResultPaths?: true;
  /** Paths of the address of a finished video's last frame; absent where none is given. */
  readonly lastFramePaths?: readonly string[];
  readonly failureReasonPaths: readonly string[];
  /** Paths of a finished task's billed tokens (`read-usage.ts`). */
  readonly usagePaths: readonly string[];
  /** Where a finished task reports what it cost; absent where it reports nothing. */
  readonly cost?: CostPaths;
}
