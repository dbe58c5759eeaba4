const CELLS = 10;

/**
 * A provider's percentage from 0 to 100 as a bar, such as `▰▰▰▰▱▱▱▱▱▱`. Cells count when they are
 * full, so that the bar never shows more than was reported.
 */
export function progressBar(percent: number): string {
  const full = Math.min(Math.max(Math.floor((percent / 100) * CELLS), 0), CELLS);
  return '▰'.repeat(full) + '▱'.repeat(CELLS - full);
}
