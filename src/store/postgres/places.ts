import type { SeenMember } from './member-rows.ts';

/** The members that a process counts when it shares, the eldest first: whom it sees, or has seen lately. */
export function countedOf(now: readonly SeenMember[], before: readonly SeenMember[]): string[] {
  return knownOf(now, before)
    .toSorted((a, b) => a.sinceUs - b.sinceUs || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** The members that are seen, or were lately, as they were seen last; `before` has the oldest first. */
function knownOf(now: readonly SeenMember[], before: readonly SeenMember[]): SeenMember[] {
  return [...new Map([...before, ...now].map((member) => [member.id, member])).values()];
}

/**
 * How many of the places that all processes share are this member's: the floor of an equal share; where
 * there are fewer places than members, one for each of the eldest. `now` are the members that its last
 * renewal has seen, `before` those of the renewals before it. The sum over all members never exceeds
 * the limit, however late a renewal is:
 *
 * - Who counts a member says so in its own row, by a renewal later than the one that showed it, when it
 *   counts already.
 * - A member has no places before it has said so itself, by an earlier renewal, and all others that
 *   have said anything count it.
 * - One that is not seen any more still counts as long as it stands in `before`, and so does what it
 *   said last.
 *
 * So of two members with places each counts the other.
 */
export function placesOf(
  limit: number,
  self: string,
  now: readonly SeenMember[],
  before: readonly SeenMember[],
): number {
  const own = now.find(({ id }) => id === self);
  if (own?.counts === undefined || own.isLeaving) return 0;
  const isUnknownToOne = knownOf(now, before).some(
    ({ id, counts }) => id !== self && counts !== undefined && !counts.includes(self),
  );
  if (isUnknownToOne) return 0;
  const counted = countedOf(now, before);
  if (counted.length <= limit) return Math.floor(limit / counted.length);
  return counted.indexOf(self) < limit ? 1 : 0;
}
