/** Why a limit refuses: the price is unknown, it is 0, or the sum would be above it. */
export type LimitReason = 'forbidden' | 'price-unknown' | 'over';

/** What a limit says to a need on top of what is used; undefined: it passes. */
export function checkLimit(
  limit: bigint,
  used: bigint,
  need: bigint | undefined,
): LimitReason | undefined {
  if (limit === 0n) return 'forbidden';
  if (need === undefined) return 'price-unknown';
  return used + need > limit ? 'over' : undefined;
}
