/** How many classes of age are told apart; each is a fifth wider than the one before. */
export const BUCKETS = 48;

/** The first class reaches a little beyond this, the last one ends with two hours; in milliseconds. */
const FIRST_MS = 1000;
const LAST_MS = 7_200_000;

const GROWTH = Math.log(LAST_MS / FIRST_MS) / BUCKETS;

/** Where the classes begin and end: class `n` from `EDGES_MS[n]` to `EDGES_MS[n + 1]`. */
const EDGES_MS: readonly number[] = Array.from({ length: BUCKETS + 1 }, (_, at) =>
  at === 0 ? 0 : FIRST_MS * Math.exp(GROWTH * at),
);

/** The class of an age; whatever is older than two hours belongs to the last one. */
export function bucketOf(ageMs: number): number {
  if (ageMs <= FIRST_MS) return 0;
  return Math.min(Math.floor(Math.log(ageMs / FIRST_MS) / GROWTH), BUCKETS - 1);
}

/** The two edges of a class, in milliseconds. */
export function edgesOf(bucket: number): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: EDGES_MS[bucket] ?? LAST_MS, toMs: EDGES_MS[bucket + 1] ?? LAST_MS };
}
