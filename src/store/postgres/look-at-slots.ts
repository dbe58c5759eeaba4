import type { Log } from '../../app/ports/core.ts';
import type { HeldSlots } from './held-slots.ts';
import { lookAtMembers } from './member-rows.ts';
import type { Look } from './member-rows.ts';
import { isNow } from './self.ts';
import type { Self } from './self.ts';
import type { PostgresSession } from './session.ts';
import { slotShare } from './slot-share.ts';
import { freeSlot, takeSlots } from './slot-rows.ts';

interface Deps {
  readonly held: HeldSlots;
  readonly log: Log;
}

/**
 * Removes dead members, and makes this one's slots what its rows and its share say: drops those that are
 * not its own any more, frees those whose work has ended, gets free ones, and begins to hand over what
 * it has too many. Passes never run two at a time, so that no two statements meet on one row.
 */
export async function lookAtSlots(self: Self, deps: Deps): Promise<void> {
  if (self.now?.isInUse !== true) return;
  const { session } = self.now;
  try {
    const known = deps.held.all();
    const look = await lookAtMembers(session.read, session.member);
    self.removals += look.removed.length;
    if (look.removed.length > 0) deps.log.info({ members: look.removed }, 'dead members removed');
    if (!isNow(self, session)) return;
    if (look.isMember) await follow(self, session, { ...deps, known, look });
    else session.endFenced();
  } catch (cause) {
    if (isNow(self, session)) deps.log.warn({ err: cause }, 'slots could not be read yet');
  }
}

async function follow(
  self: Self,
  { member, read, ...session }: PostgresSession,
  { held, known, look }: Deps & { readonly known: readonly number[]; readonly look: Look },
): Promise<void> {
  const own = new Set(look.own);
  const strange = known.filter((slot) => !own.has(slot));
  if (strange.length > 0) await held.lose(strange);
  // A row may have become its own by a statement whose answer was lost.
  held.gain(look.own);
  await held.freeReleased(async (slot) => freeSlot(read, member, slot));
  const share = self.isLeaving ? 0 : slotShare(look.sharing, member);
  const limit = Math.min(look.free, share - held.kept());
  if (limit > 0) {
    const gained = await takeSlots(read, {
      member,
      preferred: held.wanted(),
      shards: held.shards,
      limit,
    });
    // Of a session that is over, the next one says which it has.
    if (!session.isOver()) held.gain(gained);
  }
  held.handOver(held.kept() - share);
}
