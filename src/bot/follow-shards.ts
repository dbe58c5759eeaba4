import { startLoop } from '../app/loop.ts';
import type { Clock, Log } from '../app/ports/core.ts';
import type { Gateway } from '../discord/gateway.ts';
import { SECOND_MS } from '../domain/time-units.ts';

/** How often the shards are compared with the slots, in milliseconds. */
const LOOK_MS = 250;
/** A shard that went to another process is given back when that one has had this long to open it. */
const LINGER_MS = 6 * SECOND_MS;
/** How long after a failure a shard is opened again. */
const FAILURE_WAIT_MS = 5 * SECOND_MS;

export interface FollowShardsDeps {
  readonly gateway: Pick<Gateway, 'shardCount' | 'hold' | 'drop' | 'held'>;
  /** Whether a slot is this process's: who has slot s holds shard s, and so all guilds of both. */
  readonly owns: (slot: number) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Holds the shards that belong to the slots of this process, until stopped. */
export function followShards({ gateway, owns, clock, log }: FollowShardsDeps): {
  stop(): Promise<void>;
} {
  /** Since when each held shard belongs to another process; of the monotonic clock. */
  const strangeSince = new Map<number, number>();
  let notBefore = 0;
  const open = async (shard: number): Promise<void> => {
    try {
      await gateway.hold(shard);
      log.info({ shard }, 'gateway shard held');
    } catch (cause) {
      notBefore = clock.elapsed() + FAILURE_WAIT_MS;
      log.warn({ err: cause, shard }, 'gateway shard could not be opened; trying again');
    }
  };
  const giveBack = async (shard: number): Promise<void> => {
    const since = strangeSince.get(shard) ?? clock.elapsed();
    strangeSince.set(shard, since);
    if (clock.elapsed() < since + LINGER_MS) return;
    strangeSince.delete(shard);
    await gateway.drop(shard);
    log.info({ shard }, 'gateway shard given back');
  };
  return startLoop(clock, async (signal) => {
    const count = await gateway.shardCount();
    const held = new Set(gateway.held());
    for (let shard = 0; shard < count && !signal.aborted; shard += 1) {
      if (owns(shard)) strangeSince.delete(shard);
      if (owns(shard) && !held.has(shard) && clock.elapsed() >= notBefore) await open(shard);
      else if (!owns(shard) && held.has(shard)) await giveBack(shard);
    }
    return LOOK_MS;
  });
}
