import { MINUTE_MS } from '../../domain/time-units.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { snowflakeAt, isOlderSnowflake } from '../../domain/tasks/snowflake.ts';
import { CLAIM_PREFIX, claimKey } from './task-keys.ts';

/** How many of the newest interactions are kept; Discord repeats an interaction within seconds. */
const MAX_KEPT = 10_000;

/** The lifetime of an interaction's token; older interactions cannot be answered. */
const RECENT_MS = 15 * MINUTE_MS;

/**
 * The newest interactions that have a task, so that a new one is recognised without a disk read,
 * which would wait behind every commit. Knows nothing about older ids.
 */
export interface RecentIds {
  /** Records that a task of this interaction is stored, or is about to be. */
  add(id: string): void;
  /** Records that writing the task failed, which may have reached the disk: the store has to be read. */
  markUncertain(id: string): void;
  /** Whether the interaction has a task; `undefined` if the store has to be read. */
  has(id: string): boolean | undefined;
  /**
   * Reads the interactions that another process may have received as well, before their servers are
   * served here.
   */
  load(records: Pick<RecordStore, 'keysUnder'>, nowMs: number): Promise<void>;
}

/** Creates the list, which knows nothing before `load`. */
export function createRecentIds(): RecentIds {
  const kept = new Map<string, boolean | undefined>();
  /** All ids younger than this one are kept; `undefined` while none are. */
  let horizon: string | undefined;

  const raise = (id: string): void => {
    if (horizon === undefined || isOlderSnowflake(horizon, id)) horizon = id;
  };
  const add = (id: string): void => {
    kept.set(id, true);
    if (kept.size <= MAX_KEPT) return;
    const [oldest = id] = kept.keys();
    kept.delete(oldest);
    // Ids arrive almost in order, so everything older than an evicted id is beyond the horizon too.
    raise(oldest);
  };
  return {
    add,
    markUncertain(id) {
      kept.set(id, undefined);
    },
    has(id) {
      if (kept.has(id)) return kept.get(id);
      // Ids of another length do not sort by age as text, which is how the stored ones were found.
      const isKnown = horizon?.length === id.length && isOlderSnowflake(horizon, id);
      return isKnown ? false : undefined;
    },
    async load(records, nowMs) {
      const after = snowflakeAt(nowMs - RECENT_MS);
      // Since 2022 ids have the same number of digits as now, so they sort by age as text.
      const keys = await records.keysUnder(CLAIM_PREFIX, { from: claimKey(after) });
      raise(after);
      for (const key of keys) {
        const id = key.slice(CLAIM_PREFIX.length);
        // One whose own record may have failed stays so until the store is asked.
        if (!kept.has(id)) add(id);
      }
    },
  };
}
