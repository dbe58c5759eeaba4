import { SLOTS } from '../../domain/slots.ts';

/**
 * How many slots a member shall own: an equal share, and of the rest one each for the eldest, so that
 * no share is 0 while there are slots. `sharing` has the eldest first; 0 for who is not in it.
 */
export function slotShare(sharing: readonly string[], member: string): number {
  const place = sharing.indexOf(member);
  if (place < 0) return 0;
  const rest = SLOTS % sharing.length;
  return Math.floor(SLOTS / sharing.length) + (place < rest ? 1 : 0);
}
