import type { UploadAnswer } from '../../app/ports/library-port.ts';
import type { Dialect } from '../dialect.ts';
import type { HttpResult } from '../exchange.ts';
import { parseJson } from '../read-answer.ts';
import { readCreate } from '../read-create.ts';
import type { LibraryCalls } from './library-calls.ts';

/** An id that may stand in `asset://…` and in the bodies of requests. */
const USABLE_ID = /^[\w.~-]{1,200}$/;

/**
 * Decides what the answer to an upload means, by the table of creates: only a certain "no" is a
 * refusal, because an upload may be billed as well.
 */
export function readUpload(
  result: HttpResult,
  { idPaths, isTurnedDown }: Pick<LibraryCalls, 'idPaths' | 'isTurnedDown'>,
  dialect: Dialect,
): UploadAnswer {
  const read = readCreate(result, { ...dialect, taskIdPaths: idPaths }, '');
  if (read.kind !== 'created' && read.kind !== 'unknown') return read;
  if (isTurnedDown?.(bodyOf(result)) === true) {
    return { kind: 'refused', refusal: { category: 'media-unreadable', message: '' } };
  }
  if (read.kind === 'unknown') return { kind: 'lost', detail: read.detail };
  return USABLE_ID.test(read.providerTaskId)
    ? { kind: 'uploaded', id: read.providerTaskId }
    : { kind: 'lost', detail: 'unusable id' };
}

/** The body of an answer that may say anything; `undefined` for any other one. */
function bodyOf(result: HttpResult): unknown {
  if (result.kind !== 'answer' || result.status >= 300) return undefined;
  return result.body.kind === 'text' ? parseJson(result.body.text) : undefined;
}
