import { z } from 'zod';
import { microsSchema } from './money.ts';
import { naturalSchema } from './natural.ts';
import type { Quote } from './quote.ts';
import type { WindowKind } from './windows.ts';

/** What a quota measures: number of videos, seconds of video, cost in micros. */
export const MEASURES = ['videos', 'seconds', 'cost'] as const;
export type Measure = (typeof MEASURES)[number];

/** What one task uses up. A missing cost means unknown, never zero. */
export const needSchema = z.strictObject({
  videos: naturalSchema,
  seconds: naturalSchema,
  cost: microsSchema.optional(),
});
export type Need = Readonly<z.output<typeof needSchema>>;

/** What a task of that length uses up at that quote. */
export function needOf(durationSeconds: number, quote: Quote): Need {
  const need = { videos: 1n, seconds: BigInt(durationSeconds) };
  return quote.kind === 'priced' ? { ...need, cost: quote.micros } : need;
}

/**
 * The amount used of each measure in the current window of each kind, reservations and holds
 * included.
 */
export type Usage = Readonly<Record<WindowKind, Readonly<Record<Measure, bigint>>>>;
