/** Why a limit refuses: the limit is 0, the price is unknown, or the sum would exceed it. */
export type LimitReason = 'forbidden' | 'price-unknown' | 'over';

/** Checks a request's need against a limit and what is already used; `undefined` means allowed. */
export function checkLimit(
  limit: bigint,
  used: bigint,
  need: bigint | undefined,
): LimitReason | undefined {
  if (limit === 0n) return 'forbidden';
  if (need === undefined) return 'price-unknown';
  return used + need > limit ? 'over' : undefined;
}
