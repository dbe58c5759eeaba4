import type { DeclaredError } from './deciding-codes.ts';
import type { AccountCondition, ConditionSentence, Dialect, ProviderCondition } from './dialect.ts';
import { mayQuoteWords } from './prompt-quote.ts';
import { decisiveCategory } from './rejection-category.ts';
import type { RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import { codeFamily } from './vocabulary/code-families.ts';

/** What decides about the provider's condition in one answer. */
export interface ConditionEvidence {
  readonly status: number;
  readonly declared: DeclaredError;
  /** The prompt that the message may quote; `undefined` when it is not known: then no words count. */
  readonly prompt: string | undefined;
}

type ConditionVocabulary = Pick<Dialect, 'codes' | 'ownCodes' | 'conditionSentences'>;

/** Longer messages are no such sentence. */
const MAX_SENTENCE_CHARS = 400;

/**
 * Decides whether an answer is about the provider or the account, which affects every member; returns
 * `undefined` when it is about the request alone. The innermost code with a meaning decides. Without
 * one, a documented sentence counts if it cannot come from the prompt, then the HTTP status.
 */
export function conditionOf(
  { status, declared, prompt }: ConditionEvidence,
  dialect: ConditionVocabulary,
): ProviderCondition | undefined {
  const meaning = codeMeaning(declared, dialect);
  if (status === 429) return meaning === 'balance-spent' ? meaning : 'busy';
  if (isCondition(meaning)) return meaning;
  const sentence = dialect.conditionSentences.find(
    (candidate) =>
      prompt !== undefined &&
      isAtPlace(candidate, status, declared, meaning) &&
      declared.message.length <= MAX_SENTENCE_CHARS &&
      candidate.pattern.test(declared.message) &&
      !mayQuoteWords(candidate.words, prompt),
  );
  if (sentence !== undefined) return sentence.means;
  // Beside the wrapper code, the status is the upstream's.
  const isOwnStatus = !declared.codes.some((code) => code === dialect.codes.wrapper);
  return meaning === undefined && isOwnStatus ? ACCOUNT_STATUSES.get(status) : undefined;
}

/**
 * What a status alone says about the account. A 403 may be about one model, so it takes a code or a
 * sentence.
 */
export const ACCOUNT_STATUSES: ReadonlyMap<number, AccountCondition> = new Map([
  [401, 'unauthorized'],
  [402, 'balance-spent'],
]);

type Meaning = RejectionCategory | 'busy';

function isCondition(meaning: Meaning | undefined): meaning is ProviderCondition {
  return meaning === 'busy' || meaning === 'balance-spent' || meaning === 'unauthorized';
}

/** Returns the meaning of the innermost code that has one, so a parameter code is never "busy". */
export function codeMeaning(
  { codes }: Pick<DeclaredError, 'codes'>,
  { codes: table, ownCodes }: Pick<ConditionVocabulary, 'codes' | 'ownCodes'>,
): Meaning | undefined {
  for (const code of codes.toReversed()) {
    const family = codeFamily(code);
    if (code === table.wrapper) continue;
    const meaning =
      decisiveCategory(code, table) ??
      (table.busy.has(family) ? 'busy' : (ownCodes.get(code) ?? table.vague.get(family)));
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}

/** Whether the sentence is documented for this status and beside this code. */
function isAtPlace(
  { statuses, besideCode }: ConditionSentence,
  status: number,
  { codes, hasCode }: DeclaredError,
  meaning: Meaning | undefined,
): boolean {
  if (statuses === 'below-500' ? status >= 500 : !statuses.includes(status)) return false;
  if (besideCode === undefined) return !hasCode && meaning === undefined;
  return codes.at(-1) === besideCode;
}
