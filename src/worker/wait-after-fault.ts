import type { MessageResult } from '../app/ports/message-port.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/** The longest wait after edits that fail in a row, unless Discord asks for a longer one. */
const MAX_WAIT_MS = 5 * MINUTE_MS;

/**
 * How long a progress edit waits after `failures` faults in a row, in milliseconds. The wait doubles
 * with each of them; a rate limit says by itself how long it lasts.
 */
export function waitAfterFault(
  { afterMs, isRefusal }: Extract<MessageResult, { kind: 'try-again' }>,
  failures: number,
  editEveryMs: number,
): number {
  const isLimit = afterMs !== undefined && isRefusal !== true;
  const doubled = isLimit ? editEveryMs : editEveryMs * 2 ** Math.min(failures, 20);
  return Math.max(afterMs ?? 0, Math.min(doubled, Math.max(MAX_WAIT_MS, editEveryMs)));
}
