import type { Declared } from './deciding-codes.ts';
import type { Dialect } from './dialect.ts';
import { errorOf, taskIdOf } from './read-envelope.ts';
import { valueAt, nonEmptyText } from './read-answer.ts';

/** "It stands elsewhere": nothing was done here, and the request is not sent on. */
const MOVED: ReadonlySet<number> = new Set([301, 307, 308]);
const NO_SUCH_PATH: ReadonlySet<number> = new Set([404, 405]);

export function isMoved(status: number): boolean {
  return MOVED.has(status);
}

/**
 * Whether an answer says that the address itself leads nowhere: 404 or 405 from somebody who does
 * not speak as the provider does, or from its gateway about the path.
 */
export function isNoSuchPath(
  status: number,
  json: unknown,
  declared: Declared,
  dialect: Dialect,
): boolean {
  if (!NO_SUCH_PATH.has(status)) return false;
  const isOwnWord = !declared.hasCode && dialect.noSuchPathSentence.test(declared.words);
  return isOwnWord || !isEnvelope(json, dialect);
}

/** Whether an answer has the provider's own form, whatever it says. */
function isEnvelope(json: unknown, dialect: Dialect): boolean {
  return (
    nonEmptyText(valueAt(json, 'code')) !== undefined ||
    errorOf(json, dialect) !== undefined ||
    taskIdOf(json, dialect) !== undefined
  );
}
