/** Number of age classes. Each is a fifth wider than the one before. */
export const BUCKETS = 48;

/** The first class ends a little after this, in milliseconds. */
const FIRST_MS = 1000;
/** The last class ends at two hours. */
const LAST_MS = 7_200_000;

const GROWTH = Math.log(LAST_MS / FIRST_MS) / BUCKETS;

/** Class `n` reaches from `EDGES_MS[n]` to `EDGES_MS[n + 1]`. */
const EDGES_MS: readonly number[] = Array.from({ length: BUCKETS + 1 }, (_, at) =>
  at === 0 ? 0 : FIRST_MS * Math.exp(GROWTH * at),
);

/** The class of an age. Anything older than two hours is in the last one. */
export function bucketOf(ageMs: number): number {
  if (ageMs <= FIRST_MS) return 0;
  return Math.min(Math.floor(Math.log(ageMs / FIRST_MS) / GROWTH), BUCKETS - 1);
}

/** The two edges of a class, in milliseconds. */
export function edgesOf(bucket: number): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: EDGES_MS[bucket] ?? LAST_MS, toMs: EDGES_MS[bucket + 1] ?? LAST_MS };
}
