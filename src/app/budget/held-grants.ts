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
  /** Whether nothing unspent of a window may be spent, because more of it is granted than there is. */
  isOverdrawn(window: string): boolean;
  setOverdrawn(window: string, isOverdrawn: boolean): void;
  forget(slots: ReadonlySet<number>): void;
  /** Forgets windows from the first name to before the second. */
  prune(from: string, before: string): void;
}

/** Creates the memory of grants, which is empty at first. */
export function createHeldGrants(): HeldGrants {
  const bySlot = new Map<number, SlotGrants>();
  const overdrawn = new Set<string>();
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
    isOverdrawn: (window) => overdrawn.has(window),
    setOverdrawn(window, isOverdrawn) {
      if (isOverdrawn) overdrawn.add(window);
      else overdrawn.delete(window);
    },
    forget(slots) {
      for (const slot of slots) bySlot.delete(slot);
    },
    prune(from, before) {
      for (const window of overdrawn) {
        if (window >= from && window < before) overdrawn.delete(window);
      }
      for (const grants of bySlot.values()) {
        for (const window of grants.keys()) {
          if (window >= from && window < before) grants.delete(window);
        }
      }
    },
  };
}
