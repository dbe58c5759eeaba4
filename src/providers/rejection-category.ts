import type { ProviderRejection, RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import { isAboutContent } from '../domain/tasks/provider-rejection.ts';
import type { AccountCondition, Dialect, RequestCategory } from './dialect.ts';
import { sanitizeProviderMessage } from './sanitize-message.ts';
import type { ProviderError } from './provider-error.ts';
import { codeFamily } from './vocabulary/code-families.ts';

const MODERATION_CATEGORIES: ReadonlySet<RejectionCategory> = new Set([
  'prompt-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'result-moderated',
]);

/** The order in which a message is tested for categories, most specific first. */
export const CATEGORY_ORDER: readonly RequestCategory[] = [
  'copyright',
  'real-person',
  'parameters',
  'result-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'prompt-moderated',
  'moderated',
  'model-unavailable',
  'media-unreadable',
  'provider-trouble',
];

/** Only this much of a message is classified, so that no pattern becomes slow. */
const MAX_CLASSIFIED_CHARS = 4096;

/** The parts of a dialect that decide a rejection's category. */
export type RejectionVocabulary = Pick<Dialect, 'codes' | 'ownCodes' | 'sentences'>;

/**
 * Classifies a rejection: by the account's condition if that is the reason, then by its codes, then by
 * its message. Codes and words of the error never blame the account by themselves, because the
 * message may quote the prompt: `provider-condition.ts` decides about the account.
 */
export function toRejection(
  error: ProviderError,
  dialect: RejectionVocabulary,
  account?: AccountCondition,
): ProviderRejection {
  const message = error.message.slice(0, MAX_CLASSIFIED_CHARS);
  const decided = [...error.codes.toReversed(), ...codesInText(message)]
    .map((code) => ({ code, category: requestCategory(decisiveCategory(code, dialect.codes)) }))
    .find(({ category }) => category !== undefined);
  const stated = CATEGORY_ORDER.find((category) =>
    dialect.sentences[category]?.some((pattern) => pattern.test(message)),
  );
  const code = account === undefined ? (decided?.code ?? error.codes.at(-1)) : error.codes.at(-1);
  return {
    category: account ?? decided?.category ?? stated ?? vagueCategory(error, dialect) ?? 'unknown',
    ...(code === undefined ? {} : { code }),
    message: sanitizeProviderMessage(error.message),
  };
}

/** Whether a message, whatever code stands beside it, may mean that the content was refused. */
export function mayBeAboutContent(message: string, dialect: RejectionVocabulary): boolean {
  const read = message.slice(0, MAX_CLASSIFIED_CHARS);
  const codes = codesInText(read).map((code) => decisiveCategory(code, dialect.codes));
  return (
    codes.some((category) => category !== undefined && isAboutContent(category)) ||
    CATEGORY_ORDER.some(
      (category) =>
        isAboutContent(category) &&
        dialect.sentences[category]?.some((pattern) => pattern.test(read)) === true,
    )
  );
}

/** Finds codes in a message, because some gateways pass on only the message, which begins with the code. */
function codesInText(message: string): readonly string[] {
  return message.match(/\b[A-Z][A-Za-z]{5,60}(?:\.[A-Z][A-Za-z]{1,60}){0,3}/g) ?? [];
}

/** Returns the category that a code alone decides; `undefined` when the message is needed. */
export function decisiveCategory(
  code: string | undefined,
  { decisive, exceptions, moderationReasons }: Dialect['codes'],
): RejectionCategory | undefined {
  if (code === undefined) return undefined;
  const exception = exceptions.find(([pattern]) => pattern.test(code))?.[1];
  if (exception !== undefined) return exception;
  const category = decisive.get(codeFamily(code));
  if (category === undefined || !MODERATION_CATEGORIES.has(category)) return category;
  return moderationReasons.find(([ending]) => ending.test(code))?.[1] ?? category;
}

/** Returns the category of the innermost vague code, if any. */
function vagueCategory({ codes }: ProviderError, dialect: RejectionVocabulary) {
  return codes
    .toReversed()
    .map((code) => dialect.ownCodes.get(code) ?? dialect.codes.vague.get(codeFamily(code)))
    .map(requestCategory)
    .find((category) => category !== undefined);
}

/** Returns the category unless it blames the account. */
function requestCategory(category: RejectionCategory | undefined): RequestCategory | undefined {
  return category === 'unauthorized' || category === 'balance-spent' ? undefined : category;
}
