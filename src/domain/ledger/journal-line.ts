import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { microsSchema } from './money.ts';

/** How long journal lines are kept, in milliseconds. */
export const JOURNAL_MS = 400 * 86_400_000;

const JOURNAL_STATES = [
  'reserved',
  'settled',
  'settled (assumed)',
  'released',
  'released (assumed)',
  'held',
] as const;

/**
 * One task in a guild's journal, or one upload that was given a name: what was requested and what was
 * charged. It has no prompt and no media.
 */
export const journalLineSchema = z.object({
  /** When it was accepted, in milliseconds. */
  at: instantSchema,
  task: z.string(),
  /** The member's id, or a keyed hash after their data was deleted. */
  member: z.string(),
  /** A route; of an upload its price key. */
  route: z.string(),
  /** An upload: it makes no video. */
  isUpload: z.literal(true).optional(),
  /** Seconds of video. */
  seconds: z.number(),
  resolution: z.string(),
  /** Absent when the price was unknown. */
  quoted: microsSchema.optional(),
  /** The final amount; absent when nothing was charged or the price is unknown. */
  settled: microsSchema.optional(),
  /** The price list's currency at the time of the quote. */
  currency: z.string().optional(),
  state: z.enum(JOURNAL_STATES),
  /**
   * The creates that `auto` made before the one of this line, none of which made a video; absent when
   * there are none.
   */
  earlier: z
    .array(
      z.object({
        at: instantSchema,
        route: z.string(),
        seconds: z.number(),
        resolution: z.string(),
        quoted: microsSchema.optional(),
      }),
    )
    .optional(),
  /**
   * The operator's side, if its hold was resolved separately; not shown in lists. Without an amount
   * the cost is unknown.
   */
  operator: z.object({ state: z.enum(JOURNAL_STATES), amount: microsSchema.optional() }).optional(),
});
export type JournalLine = Readonly<z.output<typeof journalLineSchema>>;

/** A create that made no video, after which `auto` went on. */
export type EarlierAttempt = NonNullable<JournalLine['earlier']>[number];
