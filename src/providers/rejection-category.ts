import type { ProviderRejection, RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import type { Dialect } from './dialect.ts';
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
const CATEGORY_ORDER: readonly RejectionCategory[] = [
  'balance-spent',
  'copyright',
  'real-person',
  'parameters',
  'result-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'prompt-moderated',
  'moderated',
  'unauthorized',
  'model-unavailable',
  'media-unreadable',
  'provider-trouble',
];

/** Only this much of a message is classified, so that no pattern becomes slow. */
const MAX_CLASSIFIED_CHARS = 4096;

/** Rejections of the whole account, which pause the provider for all members. */
export const ACCOUNT_CATEGORIES: ReadonlySet<RejectionCategory> = new Set([
  'unauthorized',
  'balance-spent',
]);

/** Categories of vague codes that blame the request. A message beside them that blames the account may only quote the prompt. */
const REQUEST_CATEGORIES: ReadonlySet<RejectionCategory | undefined> = new Set([
  'parameters',
  'media-unreadable',
  'model-unavailable',
]);

/** The parts of a dialect that decide a rejection's category. */
export type RejectionVocabulary = Pick<Dialect, 'codes' | 'ownCodes' | 'sentences'>;

/** Classifies an error: by its codes first, then by its message, then by the HTTP status if given. */
export function toRejection(
  error: ProviderError,
  dialect: RejectionVocabulary,
  status?: number,
): ProviderRejection {
  const { codes } = dialect;
  const vague = vagueCategory(error, dialect);
  const isCredible = (category: RejectionCategory | undefined): boolean =>
    category !== undefined && !(REQUEST_CATEGORIES.has(vague) && ACCOUNT_CATEGORIES.has(category));
  const message = error.message.slice(0, MAX_CLASSIFIED_CHARS);
  const decisiveCode =
    error.codes.toReversed().find((code) => decisiveCategory(code, codes) !== undefined) ??
    codesInText(message).find((code) => isCredible(decisiveCategory(code, codes)));
  const stated = CATEGORY_ORDER.find(
    (category) =>
      isCredible(category) && dialect.sentences[category]?.some((pattern) => pattern.test(message)),
  );
  const code = decisiveCode ?? error.codes.at(-1);
  return {
    category: decisiveCategory(decisiveCode, codes) ?? stated ?? vague ?? categoryForStatus(status),
    ...(code === undefined ? {} : { code }),
    message: sanitizeProviderMessage(error.message),
  };
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
    .find((category) => category !== undefined);
}

function categoryForStatus(status: number | undefined): RejectionCategory {
  if (status === 402) return 'balance-spent';
  // A 403 alone may be about one model. Only a code or a message pauses the whole provider.
  return status === 401 ? 'unauthorized' : 'unknown';
}
