import type { DeleteAnswer, FindAnswer } from '../../app/ports/library-port.ts';
import type { Dialect } from '../dialect.ts';
import type { HttpResult } from '../exchange.ts';
import type { LibraryCalls } from './library-calls.ts';
import { readLibrary } from './read-library.ts';

/** Reads a list that was searched for one name. */
export function readFind(
  result: HttpResult,
  calls: Pick<LibraryCalls, 'idOfName' | 'missingCodes'>,
  dialect: Dialect,
  name: string,
): FindAnswer {
  const read = readLibrary(result, calls, dialect);
  if (read.kind !== 'body') return read.kind === 'missing' ? { kind: 'absent' } : read;
  const listed = calls.idOfName?.(read.json, name);
  if (listed === undefined) return { kind: 'no-answer', detail: 'no list' };
  return listed === '' ? { kind: 'absent' } : { kind: 'found', id: listed };
}

/**
 * Reads the answer to a deletion. What is not there needs none; an answer that is not about this asset
 * says nothing, so that it is asked for once more.
 */
export function readDeletion(
  result: HttpResult,
  calls: Pick<LibraryCalls, 'assetIn' | 'missingCodes'>,
  dialect: Dialect,
  id: string,
): DeleteAnswer {
  const read = readLibrary(result, calls, dialect);
  if (read.kind === 'no-answer') return read;
  const isDone = read.kind === 'missing' || calls.assetIn(read.json, id) !== undefined;
  return isDone ? { kind: 'gone' } : { kind: 'no-answer', detail: 'not about this asset' };
}
