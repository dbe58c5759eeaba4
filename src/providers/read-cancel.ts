import type { CancelOutcome } from '../app/ports/provider-port.ts';
import { readDeclaredError } from './deciding-codes.ts';
import type { Dialect } from './dialect.ts';
import type { HttpResult } from './exchange.ts';
import { isNoSuchPath } from './no-such-path.ts';
import { readProviderError } from './provider-error.ts';
import { parseJson } from './read-answer.ts';
import { errorOf, isNoSuchTask } from './read-envelope.ts';
import { withDetail } from './with-detail.ts';

/** Statuses by which a request may be repeated, or that are about the account. */
const UNDECIDED: ReadonlySet<number> = new Set([401, 402, 403, 408, 425, 429]);

/** Reads the answer to a request to cancel a task, which may be empty. */
export function readCancel(result: HttpResult, dialect: Dialect): CancelOutcome {
  if (result.kind !== 'answer') return { kind: 'unclear', detail: result.detail };
  const { status, body } = result;
  const detail = `HTTP ${status}`;
  const json = body.kind === 'text' ? withDetail(parseJson(body.text), dialect) : undefined;
  const isElsewhere = isNoSuchPath(status, json, readDeclaredError(json, dialect.codes), dialect);
  if (UNDECIDED.has(status) || status >= 500 || isElsewhere) return { kind: 'unclear', detail };
  if (status === 404 || isNoSuchTask(readProviderError(json), dialect)) return { kind: 'missing' };
  if (status >= 400 || errorOf(json, dialect) !== undefined) return { kind: 'refused', detail };
  return status < 300 ? { kind: 'accepted' } : { kind: 'unclear', detail };
}
