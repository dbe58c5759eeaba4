/** The most polls for each spread, as a ratio to those of fixed intervals. */
export const TARGETS: readonly (readonly [spread: number, target: number])[] = [
  [0.1, 1.05],
  [0.2, 1.05],
  [0.3, 0.75],
  [0.5, 0.9],
  [0.7, 1.05],
  [1, 1.05],
  [1.3, 1.05],
  [1.6, 1.05],
];
