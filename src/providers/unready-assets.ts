import type { CreateOutcome, GivenSubmission } from '../app/ports/provider-port.ts';
import { isAboutAccount } from '../domain/tasks/provider-rejection.ts';
import { readDeclaredError } from './deciding-codes.ts';
import type { Dialect } from './dialect.ts';
import type { HttpResult } from './exchange.ts';
import { parseJsonWithBigInts } from './parse-json-with-bigints.ts';
import { mayQuoteWords } from './prompt-quote.ts';
import { REJECTING_STATUSES } from './read-create.ts';

/** Longer messages are no such sentence. */
const MAX_SENTENCE_CHARS = 400;

/**
 * The outcome of a create that was refused because the provider cannot use its media in the library
 * yet, by a sentence of its documents that cannot come from the prompt. Any other outcome is returned
 * unchanged: what was not certainly refused may have been accepted.
 */
export function withUnreadyAssets(
  outcome: CreateOutcome,
  result: HttpResult,
  dialect: Pick<Dialect, 'codes' | 'unreadyAssets'>,
  { prompt, media }: Pick<GivenSubmission, 'prompt' | 'media'>,
): CreateOutcome {
  if (outcome.kind !== 'refused' || isAboutAccount(outcome.refusal.category)) return outcome;
  if (!media.some(({ url }) => url.startsWith('asset://'))) return outcome;
  if (result.kind !== 'answer' || result.body.kind !== 'text') return outcome;
  if (REJECTING_STATUSES.has(result.status)) return outcome;
  const json = parseJsonWithBigInts(result.body.text);
  const { message } = readDeclaredError(json, dialect.codes, prompt);
  const isUnready =
    message.length <= MAX_SENTENCE_CHARS &&
    (dialect.unreadyAssets ?? []).some(
      ({ pattern, words }) => pattern.test(message) && !mayQuoteWords(words, prompt),
    );
  return isUnready ? { kind: 'assets-unready', refusal: outcome.refusal } : outcome;
}
