import type { Clock } from '../../app/ports/core.ts';
import type { SeenMember } from './member-rows.ts';
import { countedOf, placesOf } from './places.ts';

/** For how many renewals a member that is not seen any more is still counted. */
const COUNTED_FOR = 2;

/** What the renewals of one member have seen. */
export interface MemberViews {
  /** All members at the last renewal, the eldest first. */
  now(): readonly SeenMember[];
  /** The members that this one counts, as it says to the others; `undefined` before it has seen any. */
  counts(): readonly string[] | undefined;
  /** Adds what a renewal has seen that was sent at an instant of `elapsed()`. */
  add(seen: readonly SeenMember[], sentAtMs: number): void;
  /** How many of the places of all members are its own now. */
  placesOf(limit: number): number;
}

/**
 * Creates the views of a member that enters now and renews at least `renewMs` apart. What a view allows
 * holds for the time of two renewals: as long as others count one that they do not see any more. As
 * long it waits itself for places, because it does not count those that were removed before.
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
  const enteredAtMs = clock.elapsed();
  let now: readonly SeenMember[] = [];
  let before: (readonly SeenMember[])[] = [];
  let counts: readonly string[] | undefined;
  let seenAtMs = -Infinity;
  return {
    now: () => now,
    counts() {
      const counted = countedOf(now, before.flat());
      if (counted.length > 0 && fitsShare(counted.length)) counts = counted;
      return counts;
    },
    add(seen, sentAtMs) {
      if (now.length > 0) before = [now, ...before].slice(0, COUNTED_FOR);
      now = seen;
      seenAtMs = sentAtMs;
    },
    placesOf(limit) {
      const atMs = clock.elapsed();
      if (atMs < enteredAtMs + holdsMs || atMs >= seenAtMs + holdsMs) return 0;
      return placesOf(limit, member, now, before.flat());
    },
  };
}
