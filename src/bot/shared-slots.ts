import type { Clock } from '../app/ports/core.ts';
import type { OwnershipChanges, OwnershipSource } from '../app/ports/ownership-port.ts';
import type { SlotWork } from '../store/postgres/held-slots.ts';
import type { Membership } from '../store/postgres/membership.ts';

/** A start waits no longer than this for its first slots, in milliseconds; they may come later. */
const FIRST_SLOTS_MS = 1500;

/** The slots of one of several processes on a database, from its membership to the bot. */
export interface SharedSlots {
  readonly source: OwnershipSource;
  /** What the membership reports to. Nothing of it is done before the bot begins. */
  readonly work: SlotWork;
  /** Given before the bot begins. */
  join(membership: Membership): void;
  /** `undefined` before it has joined. */
  membership(): Membership | undefined;
}

/** Creates the slots of a process that is no member yet. */
export function createSharedSlots(clock: Pick<Clock, 'after'>): SharedSlots {
  let membership: Membership | undefined;
  let changes: OwnershipChanges | undefined;
  let firstSlots: (() => void) | undefined;
  const need = (): OwnershipChanges => {
    // It shares no slots before it serves, and it serves once the bot has begun.
    if (changes === undefined) throw new Error('no slot may come before the bot begins');
    return changes;
  };
  return {
    source: {
      isValidFor: (ms) => membership?.isValidFor(ms) ?? false,
      async begin(given) {
        changes = given;
        const first = new Promise<void>((resolve) => {
          firstSlots = resolve;
        });
        await membership?.serve();
        const cancel = clock.after(FIRST_SLOTS_MS, () => firstSlots?.());
        await first;
        cancel();
      },
    },
    work: {
      async onGained(slots) {
        try {
          await need().onGained(slots);
        } finally {
          firstSlots?.();
        }
      },
      onLost: async (slots) => changes?.onLost(slots),
      release: async (slot) => need().release(slot),
    },
    join(given) {
      membership = given;
    },
    membership: () => membership,
  };
}
