import { describe, expect, it } from 'vitest';
import { CHART_COLOURS } from '../../src/chart/chart-colours.ts';

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the colours of the chart', () => {
  it('measure contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(['title', 'label'] as const)('keep at least 4.5 for the text of a %s', (name) => {
    expect(contrast(CHART_COLOURS[name], CHART_COLOURS.card)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['settled', 'open'] as const)('keep at least 3 for the bars of what is %s', (name) => {
    expect(contrast(CHART_COLOURS[name], CHART_COLOURS.card)).toBeGreaterThanOrEqual(3);
  });

  it('distinguish the two kinds of bars without their hue', () => {
    expect(contrast(CHART_COLOURS.settled, CHART_COLOURS.open)).toBeGreaterThanOrEqual(1.5);
  });
});
