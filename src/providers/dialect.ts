import type { RejectionCategory } from '../domain/tasks/provider-rejection.ts';

/** What codes mean, by family: a code before its first dot, in lower case. */
export type CodeFamilies = ReadonlyMap<string, RejectionCategory>;

/** Sentences by what they say. In which order the categories are tried is the decision's. */
export type Sentences = Readonly<Partial<Record<RejectionCategory, readonly RegExp[]>>>;

/** What the codes of an error mean. */
export interface Codes {
  /** Codes that settle what a rejection is about, whatever words stand beside them. */
  readonly decisive: CodeFamilies;
  /** Whole codes that say something else than their family does. */
  readonly exceptions: readonly (readonly [code: RegExp, category: RejectionCategory])[];
  /** Endings that say why something was moderated. */
  readonly moderationReasons: readonly (readonly [ending: RegExp, category: RejectionCategory])[];
  /** Codes that say little: the words beside them come first. */
  readonly vague: CodeFamilies;
  /** Families for "too much at the moment". */
  readonly busy: ReadonlySet<string>;
  /** Families by which a gateway says that it sent the create on and lost track of it. */
  readonly ambiguous: ReadonlySet<string>;
  /** A gateway's code for "the upstream refused": its message is the upstream's whole answer. */
  readonly wrapper: string | undefined;
}

/** How a provider speaks: data, which `read-create.ts` and `read-query.ts` read an answer by. */
export interface Dialect {
  /** Values of `code` in an envelope that declares no error, in lower case. */
  readonly successCodes: ReadonlySet<string>;
  /** Whether an `error` in an answer declares one as well, with or without a `code`. */
  readonly hasErrorField: boolean;
  readonly codes: Codes;
  /** The provider's own codes, letter for letter, which its words may refine. */
  readonly ownCodes: ReadonlyMap<string, RejectionCategory>;
  readonly sentences: Sentences;
  /**
   * The documented sentence for "too busy", where there is one: as the whole of a message, and the
   * part of it that a prompt must not hold for it to be believed.
   */
  readonly busySentence?: { readonly isWhole: RegExp; readonly core: string };
  /** How it begins to say that it does not serve a path. */
  readonly noSuchPathSentence: RegExp;
  /** A code, or a part of a message, that says that it does not know the task. */
  readonly noSuchTaskMarks: readonly string[];
  /** Where an answer to a create has the task's id, the likeliest first. */
  readonly taskIdPaths: readonly string[];
  /** Whether an id beside a `code` that is neither text nor number is not believed. */
  readonly taskIdNeedsPlainCode: boolean;
  /** Where a task has its status, the outermost first. */
  readonly statusPaths: readonly string[];
  /** An upstream's status, which ends a task as failed that the gateway shows as running. */
  readonly upstreamStatusPath: string;
  /** Status words in lower case. Any other word is a task that runs. */
  readonly doneWords: readonly string[];
  readonly failedWords: readonly string[];
  readonly progressPath: string;
  readonly resultUrlPaths: readonly string[];
  readonly failureReasonPaths: readonly string[];
  /** Where a finished task tells the tokens that it is billed by (`read-usage.ts`). */
  readonly usagePaths: readonly string[];
}
