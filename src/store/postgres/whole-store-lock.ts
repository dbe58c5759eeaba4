import { z } from 'zod';
import { StoreInUse } from '../records/process-lock.ts';
import type { Ask } from './schema.ts';

/** The name of the lock among the advisory locks of its database: `clap`, and its number. */
export const WHOLE_STORE_LOCK = [0x63_6c_61_70, 1] as const;

/** How often the lock is asked for, in milliseconds. */
const LOOK_MS = 50;

/** What the wait for a lock needs. */
export interface LockWait {
  readonly waitMs: number;
  readonly stopping: AbortSignal;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Taken beside other processes that share it; without, for this one alone. */
  readonly isShared?: boolean;
}

const lockRows = z.tuple([z.object({ locked: z.boolean() })]);

/**
 * Takes the database for this process alone, or for one of several, for as long as this session lasts.
 * Waits for another process to let go; then throws `StoreInUse`.
 */
export async function lockWholeStore(
  ask: Ask,
  { waitMs, stopping, elapsed, sleep, isShared = false }: LockWait,
): Promise<void> {
  const until = elapsed() + waitMs;
  for (;;) {
    stopping.throwIfAborted();
    const [{ locked }] = lockRows.parse(
      await ask(`SELECT pg_try_advisory_lock${isShared ? '_shared' : ''}($1, $2) AS locked`, [
        ...WHOLE_STORE_LOCK,
      ]),
    );
    if (locked) return;
    if (elapsed() >= until) throw new StoreInUse(inUseMessage(waitMs));
    await sleep(LOOK_MS);
  }
}

function inUseMessage(waitMs: number): string {
  return `another process uses this database and did not let go within ${Math.round(waitMs / 1000)} s; stop it first, or give this one a database of its own by STORE_URL`;
}
