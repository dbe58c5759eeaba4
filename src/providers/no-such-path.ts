import type { DeclaredError } from './deciding-codes.ts';
import type { Dialect, PathSentence } from './dialect.ts';
import { mayQuoteWords } from './prompt-quote.ts';
import { errorOf, taskIdOf } from './read-envelope.ts';
import { valueAt, nonEmptyText } from './read-answer.ts';
import { NEW_API_NO_SUCH_PATH } from './vocabulary/new-api.ts';

/** Redirects that prove that the server did nothing. The bot does not follow them. */
const MOVED: ReadonlySet<number> = new Set([301, 307, 308]);
const NO_SUCH_PATH: ReadonlySet<number> = new Set([404, 405]);

/** Whether a status is a redirect after which nothing was done. */
export function isMoved(status: number): boolean {
  return MOVED.has(status);
}

/**
 * Whether an answer says that the path does not exist: 404 or 405 that is not in the provider's
 * format, or the gateway's own message about the path, which is not a quote of the prompt.
 */
export function isNoSuchPath(
  status: number,
  json: unknown,
  declared: DeclaredError,
  dialect: Dialect,
  prompt = '',
): boolean {
  if (!NO_SUCH_PATH.has(status)) return false;
  return isGatewayMessage(declared, dialect, prompt) || !isEnvelope(json, dialect);
}

function isGatewayMessage(
  { hasCode, message }: DeclaredError,
  { noSuchPathSentence: own }: Dialect,
  prompt: string,
): boolean {
  const isQuoted = ({ words, whole }: PathSentence): boolean =>
    whole?.test(message) === true
      ? prompt.toLowerCase().includes(words.toLowerCase())
      : mayQuoteWords(words, prompt);
  const isSaid = (sentence: PathSentence): boolean =>
    sentence.pattern.test(message) && !isQuoted(sentence);
  // Any provider's address may be set to a New-API gateway by mistake.
  return !hasCode && (isSaid(NEW_API_NO_SUCH_PATH) || (own !== undefined && isSaid(own)));
}

/** Whether an answer is in the provider's format, whatever it says. */
function isEnvelope(json: unknown, dialect: Dialect): boolean {
  const hasCode = nonEmptyText(valueAt(json, 'code')) !== undefined;
  return (
    (hasCode && dialect.errorByCode !== 'never') ||
    errorOf(json, dialect) !== undefined ||
    taskIdOf(json, dialect) !== undefined
  );
}
