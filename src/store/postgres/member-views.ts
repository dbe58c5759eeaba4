import type { Clock } from '../../app/ports/core.ts';
import type { Seen, SeenMember } from './member-rows.ts';
import { countedOf, placesOf } from './places.ts';

/** For the time of how many renewals a member that is not seen any more is still counted. */
const COUNTED_FOR = 2;

/** What the renewals of one member have seen. */
export interface MemberViews {
  /** All members at the last renewal, the eldest first. */
  now(): readonly SeenMember[];
  /** The members that this one counts, as it says to the others; `undefined` before it has seen any. */
  counts(): readonly string[] | undefined;
  /** Adds what a renewal has seen that was sent at an instant of `elapsed()`. */
  add(seen: Seen, sentAtMs: number): void;
  /**
   * Says that this member has taken up every slot, and how many creates were being sent by their records.
   * Members before it could begin none after that was read, so they have no more in flight. The next
   * renewal says whether it is the only one.
   */
  foundAll(creates: number): void;
  /** Whether its own row was not yet seen to say whom it counts. */
  isUnsaid(): boolean;
  /** How many of the places of all members are its own now. */
  placesOf(limit: number): number;
}

/**
 * Creates the views of a member that enters now. What a view allows holds for the time of two renewals:
 * as long as others count one that they do not see any more. A new one has not seen those that were
 * removed before it came; as long it has no places, or, where it has found everything and is the only one,
 * those that the creates which it has found leave.
 */
export function createMemberViews(
  clock: Pick<Clock, 'elapsed'>,
  member: string,
  {
    renewMs,
    fitsShare,
  }: { readonly renewMs: number; readonly fitsShare: (members: number) => boolean },
): MemberViews {
  const holdsMs = COUNTED_FOR * renewMs;
  let waitsUntilMs = -Infinity;
  /** The creates that may be in flight until then. */
  let inFlight = Infinity;
  const found = createFound(clock);
  let now: readonly SeenMember[] = [];
  /** Earlier views, and when what is not seen since may act no more. */
  let before: readonly { readonly members: readonly SeenMember[]; readonly untilMs: number }[] = [];
  let counts: readonly string[] | undefined;
  let seenAtMs = -Infinity;
  const lately = (): readonly SeenMember[] => {
    const atMs = clock.elapsed();
    before = before.filter(({ untilMs }) => atMs < untilMs);
    return before.flatMap(({ members }) => members);
  };
  const countsNow = (): readonly string[] | undefined => {
    const counted = countedOf(now, lately());
    if (counted.length > 0 && fitsShare(counted.length)) counts = counted;
    return counts;
  };
  return {
    now: () => now,
    counts: countsNow,
    add({ members, removedAgoMs, removedAfterMs = Infinity }, sentAtMs) {
      const untilMs = clock.elapsed() + holdsMs;
      if (now.length > 0) before = [...before, { members: now, untilMs }];
      // Until it says whom it counts it holds up no other, which may come and be removed unseen.
      const own = members.find(({ id }) => id === member);
      if (own?.counts === undefined && removedAgoMs !== undefined) {
        waitsUntilMs = untilMs - Math.max(0, removedAgoMs);
      }
      now = members;
      seenAtMs = sentAtMs;
      // They count instead of the members that may have sent them.
      const creates = found.take(sentAtMs);
      if (creates === undefined || members.length > 1 || removedAfterMs < holdsMs) return;
      waitsUntilMs = Math.max(waitsUntilMs, ...before.map((view) => view.untilMs));
      before = [];
      inFlight = creates;
    },
    foundAll(creates) {
      // No other one gets places unseen from then on.
      if (now.find(({ id }) => id === member)?.counts !== undefined) found.put(creates);
    },
    isUnsaid() {
      const said = now.find(({ id }) => id === member)?.counts;
      return String(said) !== String(countsNow());
    },
    placesOf(limit) {
      const atMs = clock.elapsed();
      if (atMs >= seenAtMs + holdsMs) return 0;
      const places = placesOf(limit, member, now, lately());
      return atMs < waitsUntilMs ? Math.max(0, places - inFlight) : places;
    },
  };
}

/** A number that is for the first renewal after it. */
function createFound(clock: Pick<Clock, 'elapsed'>) {
  let found: { readonly creates: number; readonly atMs: number } | undefined;
  return {
    put(creates: number): void {
      found = { creates, atMs: clock.elapsed() };
    },
    take(sentAtMs: number): number | undefined {
      if (found === undefined || sentAtMs < found.atMs) return undefined;
      const { creates } = found;
      found = undefined;
      return creates;
    },
  };
}
