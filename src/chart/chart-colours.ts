/**
 * A card of its own, so that it reads alike on Discord's light and dark. Against `card`, lettering
 * has a contrast of 4.5 and more, bars of 3 and more; the two bars differ in lightness as well as hue.
 */
export const CHART_COLOURS = {
  card: '#23262d',
  title: '#f5f6f8',
  label: '#c3c8d1',
  grid: '#3b404a',
  settled: '#5b9dff',
  open: '#ffd479',
} as const;
