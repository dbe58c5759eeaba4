import type { ProviderRejection, RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import type { Dialect } from './dialect.ts';
import { sanitizeProviderMessage } from './sanitize-message.ts';
import type { ProviderError } from './provider-error.ts';
import { codeFamily } from './vocabulary/code-families.ts';

const MODERATED: ReadonlySet<RejectionCategory> = new Set([
  'prompt-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'result-moderated',
]);

/** In which order a message is tried for what it may say, the more telling first. */
const TELLING_ORDER: readonly RejectionCategory[] = [
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

/** Enough of a message to judge it by, and too little to make a pattern slow. */
const MAX_JUDGED_CHARS = 4096;

/** Rejections of the whole account, which pause the provider for everybody. */
export const ABOUT_ACCOUNT: ReadonlySet<RejectionCategory> = new Set([
  'unauthorized',
  'balance-spent',
]);

/** A code that blames the request: words beside it that blame the account may be the member's own. */
const ABOUT_REQUEST: ReadonlySet<RejectionCategory | undefined> = new Set([
  'parameters',
  'media-unreadable',
  'model-unavailable',
]);

/** What of a dialect decides what a rejection is about. */
export type RejectionWords = Pick<Dialect, 'codes' | 'ownCodes' | 'sentences'>;

/**
 * What an error is, in our words and in the provider's: by its codes first, then by its words, then
 * by the HTTP status where that is given.
 */
export function toRejection(
  error: ProviderError,
  dialect: RejectionWords,
  status?: number,
): ProviderRejection {
  const { codes } = dialect;
  const vague = vagueCategory(error, dialect);
  const isBelieved = (category: RejectionCategory | undefined): boolean =>
    category !== undefined && !(ABOUT_REQUEST.has(vague) && ABOUT_ACCOUNT.has(category));
  const words = error.message.slice(0, MAX_JUDGED_CHARS);
  const telling =
    error.codes.toReversed().find((code) => decisiveCategory(code, codes) !== undefined) ??
    codesInWords(words).find((code) => isBelieved(decisiveCategory(code, codes)));
  const told = TELLING_ORDER.find(
    (category) =>
      isBelieved(category) && dialect.sentences[category]?.some((pattern) => pattern.test(words)),
  );
  const code = telling ?? error.codes.at(-1);
  return {
    category: decisiveCategory(telling, codes) ?? told ?? vague ?? ofStatus(status),
    ...(code === undefined ? {} : { code }),
    message: sanitizeProviderMessage(error.message),
  };
}

/** Where a gateway keeps the sentence alone, a code that begins it counts. */
function codesInWords(words: string): readonly string[] {
  return words.match(/\b[A-Z][A-Za-z]{5,60}(?:\.[A-Z][A-Za-z]{1,60}){0,3}/g) ?? [];
}

/** What a code says by itself; undefined where the words beside it are needed. */
export function decisiveCategory(
  code: string | undefined,
  { decisive, exceptions, moderationReasons }: Dialect['codes'],
): RejectionCategory | undefined {
  if (code === undefined) return undefined;
  const exception = exceptions.find(([pattern]) => pattern.test(code))?.[1];
  if (exception !== undefined) return exception;
  const category = decisive.get(codeFamily(code));
  if (category === undefined || !MODERATED.has(category)) return category;
  return moderationReasons.find(([ending]) => ending.test(code))?.[1] ?? category;
}

/** From the inside out. */
function vagueCategory({ codes }: ProviderError, dialect: RejectionWords) {
  return codes
    .toReversed()
    .map((code) => dialect.ownCodes.get(code) ?? dialect.codes.vague.get(codeFamily(code)))
    .find((category) => category !== undefined);
}

function ofStatus(status: number | undefined): RejectionCategory {
  if (status === 402) return 'balance-spent';
  // A 403 alone may be about one model: only a code or words that tell pause the whole provider.
  return status === 401 ? 'unauthorized' : 'unknown';
}
