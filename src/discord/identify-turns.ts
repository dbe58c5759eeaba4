import { pause } from '../app/pause.ts';
import type { Clock } from '../app/ports/core.ts';

/** A shard that wants to open a session. */
export interface IdentifyTurn {
  readonly shard: number;
  /** Shards of one bucket must not IDENTIFY within five seconds of each other. */
  readonly bucket: number;
}

/**
 * Resolves when a shard may send its IDENTIFY. Rejects with the signal's reason where the shard is
 * given up.
 */
export type AwaitIdentifyTurn = (turn: IdentifyTurn, signal: AbortSignal) => Promise<void>;

/** Discord counts from one arrival to the next, so a little more than its five seconds. */
const SPACING_MS = 5500;

/**
 * Gives turns within this process. Others are not counted: where two meet, which they do when one takes
 * over the shards of another, Discord refuses the later one (op 9), and discord.js takes its next turn.
 */
export function createIdentifyTurns(clock: Pick<Clock, 'elapsed' | 'after'>): AwaitIdentifyTurn {
  /** When the next turn of each bucket begins. */
  const next = new Map<number, number>();
  return async ({ bucket }, signal) => {
    const now = clock.elapsed();
    const startsAt = Math.max(now, next.get(bucket) ?? now);
    next.set(bucket, startsAt + SPACING_MS);
    if (startsAt > now) await pause(clock, startsAt - now, signal);
    signal.throwIfAborted();
  };
}
