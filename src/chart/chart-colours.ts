/**
 * The chart has its own background, so that it looks the same in Discord's light and dark themes.
 * Against `card`, text has a contrast of at least 4.5 and bars of at least 3. The two bar colours
 * differ in lightness as well as in hue.
 */
export const CHART_COLOURS = {
  card: '#23262d',
  title: '#f5f6f8',
  label: '#c3c8d1',
  grid: '#3b404a',
  settled: '#5b9dff',
  open: '#ffd479',
} as const;
