import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../../src/domain/durations/histogram.ts';
import { typicalDurationOf } from '../../../src/domain/durations/typical-duration.ts';
import { experienceOf, histograms } from '../../fakes/durations.ts';

const times = (count: number, seconds: number): number[] =>
  Array.from({ length: count }, () => seconds);

describe('how long such tasks usually take', () => {
  it('is not given before eight have finished', () => {
    expect(typicalDurationOf(EMPTY_HISTOGRAM)).toBeUndefined();
    expect(typicalDurationOf(experienceOf(...times(7, 100)))).toBeUndefined();
    expect(typicalDurationOf(experienceOf(...times(8, 100)))).toBeDefined();
  });

  it('is not given if the record is empty, whatever it counts', () => {
    expect(typicalDurationOf({ ...EMPTY_HISTOGRAM, finished: 100 })).toBeUndefined();
  });

  it.each([
    [[...times(8, 95), ...times(4, 130), ...times(8, 180)], 90, 210],
    [times(20, 2), 5, 5],
    [times(20, 43), 40, 50],
    [[...times(10, 50), ...times(10, 100)], 50, 90],
    [[...times(10, 420), ...times(10, 840)], 420, 900],
    [times(20, 2400), 2400, 2700],
  ])(
    'is rounded the way people say it, from classes of a fifth',
    (seconds, fromSeconds, toSeconds) => {
      expect(typicalDurationOf(experienceOf(...seconds))).toEqual({ fromSeconds, toSeconds });
    },
  );

  it('follows the latest tasks, not all there ever were', () => {
    const faster = typicalDurationOf(experienceOf(...times(200, 360), ...times(60, 120)));
    expect(faster?.toSeconds).toBeLessThanOrEqual(150);
  });

  it('begins before it ends, whatever the record holds', () => {
    fc.assert(
      fc.property(histograms, (histogram) => {
        const { fromSeconds, toSeconds } = typicalDurationOf(histogram) ?? {
          fromSeconds: 5,
          toSeconds: 5,
        };
        expect(fromSeconds).toBeGreaterThanOrEqual(5);
        expect(toSeconds).toBeGreaterThanOrEqual(fromSeconds);
        expect(Number.isInteger(fromSeconds) && Number.isInteger(toSeconds)).toBe(true);
      }),
    );
  });
});
