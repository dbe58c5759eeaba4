import { MINUTE_MS } from '../../domain/time-units.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { idAt, isOlder } from '../../domain/tasks/age.ts';
import { CLAIM_PREFIX, claimKey } from './task-keys.ts';

/** So many newest interactions are kept: Discord delivers an interaction twice within seconds. */
const MAX_KEPT = 10_000;

/** Nothing can be answered that is older than this, the life of an interaction's token. */
const RECENT_MS = 15 * MINUTE_MS;

/**
 * The newest interactions that a task was made for, so that a new one is known to be new without a
 * look at the disk, where it would wait behind every commit. About older ids it knows nothing.
 */
export interface RecentIds {
  /** A task of it is stored, or is about to be. */
  note(id: string): void;
  /** It could not be written, as far as is known: the disk has to say. */
  doubt(id: string): void;
  /** Undefined: the disk has to say. */
  has(id: string): boolean | undefined;
}

/** `stored`: every id in the store that is younger than `after`. */
function createRecentIds(after: string, stored: readonly string[]): RecentIds {
  const kept = new Map<string, boolean | undefined>();
  /** Of ids younger than this one all are kept. */
  let horizon = after;

  const note = (id: string): void => {
    kept.set(id, true);
    if (kept.size <= MAX_KEPT) return;
    const [oldest = id] = kept.keys();
    kept.delete(oldest);
    // They come almost in order: what was let go is behind the horizon, with all that is older.
    if (isOlder(horizon, oldest)) horizon = oldest;
  };
  for (const id of stored) note(id);
  return {
    note,
    doubt(id) {
      kept.set(id, undefined);
    },
    has(id) {
      if (kept.has(id)) return kept.get(id);
      // Ids of another length do not sort by age as text, which is how the stored ones were found.
      return id.length === horizon.length && isOlder(horizon, id) ? false : undefined;
    },
  };
}

/** Reads the claims of interactions that an earlier process may have been sent as well. */
export async function loadRecentIds(
  records: Pick<RecordStore, 'keysUnder'>,
  nowMs: number,
): Promise<RecentIds> {
  const after = idAt(nowMs - RECENT_MS);
  // As text they sort by age from 2022 on, when they came to have as many digits as they have now.
  const keys = await records.keysUnder(CLAIM_PREFIX, { from: claimKey(after) });
  return createRecentIds(
    after,
    keys.map((key) => key.slice(CLAIM_PREFIX.length)),
  );
}
