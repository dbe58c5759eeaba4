import type { Dialect } from '../dialect.ts';
import { readDeclaredError } from '../deciding-codes.ts';
import type { DeclaredError } from '../deciding-codes.ts';
import type { HttpAnswer, HttpResult } from '../exchange.ts';
import { isMoved, isNoSuchPath } from '../no-such-path.ts';
import { parseJson } from '../read-answer.ts';
import { errorOf } from '../read-envelope.ts';
import type { LibraryCalls } from './library-calls.ts';

/** A free request to a library, answered. `missing`: what it asks about does not exist. */
type LibraryAnswer =
  | { readonly kind: 'body'; readonly json: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-answer'; readonly retryAfterMs?: number; readonly detail: string };

/** Reads the envelope of an answer; every problem of the request itself is no answer. */
export function readLibrary(
  result: HttpResult,
  calls: Pick<LibraryCalls, 'missingCodes'>,
  dialect: Dialect,
): LibraryAnswer {
  if (result.kind !== 'answer') return { kind: 'no-answer', detail: result.detail };
  const { status, body } = result;
  if (status >= 500 || status === 429 || isMoved(status) || body.kind !== 'text') {
    return noAnswer(result);
  }
  const json = parseJson(body.text);
  const declared = readDeclaredError(json, dialect.codes);
  if (isNoSuchPath(status, json, declared, dialect)) return noAnswer(result);
  if (status === 404 || saysMissing(declared, calls)) return { kind: 'missing' };
  if (status >= 300 || json === undefined || errorOf(json, dialect) !== undefined) {
    return noAnswer(result);
  }
  return { kind: 'body', json };
}

/** A gateway may write the code into the message: `[NotFound.asset_id] …`. */
function saysMissing(
  { codes, message }: DeclaredError,
  { missingCodes }: Pick<LibraryCalls, 'missingCodes'>,
): boolean {
  return missingCodes.some((code) => codes.includes(code) || message.includes(`[${code}]`));
}

function noAnswer({ status, retryAfterMs }: HttpAnswer): LibraryAnswer {
  return {
    kind: 'no-answer',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    detail: `HTTP ${status}`,
  };
}
