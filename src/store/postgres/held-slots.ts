import type { Log } from '../../app/ports/core.ts';
import { ALL_SLOTS } from '../../domain/slots.ts';

/** What a process does with the slots that it owns. */
export interface SlotWork {
  /**
   * Loads what these slots need; resolves when the process serves them. They may be lost meanwhile. What
   * it rejects for is handed back, and nothing of it may be kept.
   */
  onGained(slots: readonly number[]): Promise<void>;
  /**
   * Drops what is known of slots that are another process's by now, at once; resolves when nothing
   * that was decided by it is committed any more. It must neither reject nor wait for the store.
   */
  onLost(slots: readonly number[]): Promise<void>;
  /**
   * Ends the work on a slot, which is the process's until this resolves, and drops what is known of it.
   * Called again after it rejected; the slot may be lost meanwhile.
   */
  release(slot: number): Promise<void>;
}

/** How many slots are handed over at one time. */
const RELEASES_AT_ONCE = 4;

/** A slot's way: its rows are read, it is served, its work ends, and its row is still to be freed. */
type State = 'loading' | 'ready' | 'releasing' | 'released';

interface Holding {
  state: State;
}

/** The slots of this process, from the row that makes one its own to the row that frees it. */
export interface HeldSlots {
  /** Into how many shards the gateway is divided. */
  readonly shards: number;
  /** Whether a slot is this process's and loaded. */
  readonly owns: (slot: number) => boolean;
  /** All that are this process's by their rows. */
  all(): number[];
  /** Those that it serves, and does not hand over. */
  readonly ready: () => number[];
  /** Those of the shards of which it has a slot: it gets them first. */
  wanted(): number[];
  /** How many are not about to be handed over. */
  kept(): number;
  /** Takes in those that are new. */
  gain(slots: readonly number[]): void;
  /** Drops slots; resolves when the process has. */
  lose(slots: readonly number[]): Promise<void>;
  /** Hands over as many, as far as not too many are handed over already. */
  handOver(count: number): void;
  /** Calls `free` for each slot whose work has ended, one by one; it is let go when that resolves. */
  freeReleased(free: (slot: number) => Promise<void>): Promise<void>;
}

interface Deps {
  readonly work: SlotWork;
  readonly log: Log;
  /** Called when a step is finished. */
  readonly changed: () => void;
}

/** Creates the state of a process without any slot. */
export function createHeldSlots(deps: Deps & { readonly shards: number }): HeldSlots {
  const { work, shards, changed } = deps;
  const held = new Map<number, Holding>();
  const inState = (...states: readonly State[]): number[] =>
    [...held].flatMap(([slot, { state }]) => (states.includes(state) ? [slot] : []));

  const owns = (slot: number): boolean =>
    ['ready', 'releasing'].includes(held.get(slot)?.state ?? '');
  const ownsShardOf = (slot: number): boolean => owns(slot % shards);
  /** Those of shards that others have first, then shard by shard, the slot that has the shard at the end. */
  const inOrderOfLeaving = (a: number, b: number): number =>
    Number(ownsShardOf(a)) - Number(ownsShardOf(b)) || (b % shards) - (a % shards) || b - a;

  return {
    shards,
    owns,
    wanted() {
      const own = new Set([...held.keys()].map((slot) => slot % shards));
      return [...ALL_SLOTS].filter((slot) => own.has(slot % shards));
    },
    all: () => [...held.keys()],
    ready: () => inState('ready'),
    kept: () => inState('loading', 'ready').length,
    gain(slots) {
      const gained = slots.filter((slot) => !held.has(slot));
      if (gained.length === 0) return;
      const holdings = gained.map((slot): Holding => {
        const holding: Holding = { state: 'loading' };
        held.set(slot, holding);
        return holding;
      });
      void load(deps, gained, holdings);
    },
    async lose(slots) {
      // Of what has ended already there is nothing to drop.
      const lost = slots.filter((slot) => (held.get(slot)?.state ?? 'released') !== 'released');
      for (const slot of slots) held.delete(slot);
      if (lost.length > 0) await work.onLost(lost);
      changed();
    },
    handOver(count) {
      const free = RELEASES_AT_ONCE - inState('releasing').length;
      const next = inState('ready')
        .toSorted(inOrderOfLeaving)
        .slice(0, Math.max(0, Math.min(count, free)));
      for (const slot of next) {
        const holding = held.get(slot);
        if (holding !== undefined) void release(deps, slot, holding);
      }
    },
    async freeReleased(free) {
      for (const slot of inState('released')) {
        const holding = held.get(slot);
        await free(slot);
        if (held.get(slot) === holding) held.delete(slot);
        changed();
      }
    },
  };
}

async function load(
  { work, log, changed }: Deps,
  slots: readonly number[],
  holdings: readonly Holding[],
): Promise<void> {
  let next: State = 'ready';
  try {
    await work.onGained(slots);
  } catch (cause) {
    log.warn({ err: cause, slots }, 'slots could not be loaded, and are handed back');
    next = 'released';
  }
  for (const one of holdings) one.state = next;
  // What is handed back waits for the next look, so that it is not tried again without a pause.
  if (next === 'ready') changed();
}

async function release(
  { work, log, changed }: Deps,
  slot: number,
  holding: Holding,
): Promise<void> {
  holding.state = 'releasing';
  try {
    await work.release(slot);
    holding.state = 'released';
    changed();
  } catch (cause) {
    // The next look asks again.
    log.warn({ err: cause, slot }, 'slot could not be handed over yet');
    holding.state = 'ready';
  }
}
