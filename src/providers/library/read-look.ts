import type { LookAnswer } from '../../app/ports/library-port.ts';
import type { Dialect } from '../dialect.ts';
import type { HttpResult } from '../exchange.ts';
import { nonEmptyText, valueAt } from '../read-answer.ts';
import { toRejection } from '../rejection-category.ts';
import { readProviderError } from '../provider-error.ts';
import type { LibraryCalls } from './library-calls.ts';
import { readLibrary } from './read-library.ts';

/** Any other word means that the asset is not ready yet. */
const READY = 'active';
const NOT_TAKEN: ReadonlySet<string> = new Set(['failed', 'rejected']);

/**
 * Reads the status of one asset. Only what the answer says of this very id counts: about another one
 * it says nothing.
 */
export function readLook(
  result: HttpResult,
  calls: Pick<LibraryCalls, 'assetIn' | 'missingCodes'>,
  dialect: Dialect,
  id: string,
): LookAnswer {
  const read = readLibrary(result, calls, dialect);
  if (read.kind !== 'body') return read;
  const asset = calls.assetIn(read.json, id);
  const status = statusOf(asset);
  if (status === undefined) return { kind: 'no-answer', detail: 'no status of this asset' };
  if (status === READY) return { kind: 'active' };
  if (!NOT_TAKEN.has(status)) return { kind: 'pending' };
  return { kind: 'failed', refusal: toRejection(readProviderError(asset), dialect) };
}

function statusOf(asset: unknown): string | undefined {
  const status = valueAt(asset, 'status') ?? valueAt(asset, 'Status');
  return nonEmptyText(status)?.toLowerCase();
}
