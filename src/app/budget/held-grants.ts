import type { Micros } from '../../domain/ledger/money.ts';

/** The grants of one slot by window. */
export type SlotGrants = Map<string, Micros>;

/** The grants in the memory of this process. What is not there is not known. */
export interface HeldGrants {
  /** The grants of a slot until it is forgotten; a statement that is on its way writes into these. */
  slot(slot: number): SlotGrants;
  /** The grant of a slot, which is in use by that. */
  use(slot: number, window: string): Micros | undefined;
  /** Whether a slot was used in this round or the one before. */
  isInUse(slot: number, window: string): boolean;
  nextRound(): void;
  forget(slots: ReadonlySet<number>): void;
  /** Forgets windows from the first name to before the second. */
  prune(from: string, before: string): void;
}

/** Creates the memory of grants, which is empty at first. */
export function createHeldGrants(): HeldGrants {
  const bySlot = new Map<number, SlotGrants>();
  let used = new Set<string>();
  let usedBefore = new Set<string>();
  const slotOf = (slot: number): SlotGrants => {
    const grants = bySlot.get(slot) ?? new Map<string, Micros>();
    bySlot.set(slot, grants);
    return grants;
  };
  return {
    slot: slotOf,
    use(slot, window) {
      used.add(`${slot} ${window}`);
      return bySlot.get(slot)?.get(window);
    },
    isInUse(slot, window) {
      const name = `${slot} ${window}`;
      return used.has(name) || usedBefore.has(name);
    },
    nextRound() {
      usedBefore = used;
      used = new Set();
    },
    forget(slots) {
      for (const slot of slots) bySlot.delete(slot);
    },
    prune(from, before) {
      for (const grants of bySlot.values()) {
        for (const window of grants.keys()) {
          if (window >= from && window < before) grants.delete(window);
        }
      }
    },
  };
}
