import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { microsSchema } from './money.ts';

/** How long journal lines are kept, in milliseconds. */
export const JOURNAL_MS = 400 * 86_400_000;

const JOURNAL_STATES = ['reserved', 'settled', 'released', 'released (assumed)', 'held'] as const;

/** One task in a guild's journal: what was asked for and what became of its money; no prompt, no media. */
export const journalLineSchema = z.object({
  /** When it was accepted, in milliseconds. */
  at: instantSchema,
  task: z.string(),
  /** The member's id, or a keyed hash once their data was deleted. */
  member: z.string(),
  route: z.string(),
  /** Seconds of video. */
  seconds: z.number(),
  resolution: z.string(),
  /** Absent: the price was unknown. */
  quoted: microsSchema.optional(),
  /** What counts for it in the end; absent: nothing, or unknown. */
  settled: microsSchema.optional(),
  /** The list's currency when it was quoted. */
  currency: z.string().optional(),
  state: z.enum(JOURNAL_STATES),
  /** The operator's side, where a hold was ended apart; no list shows it. Without amount: unknown. */
  operator: z.object({ state: z.enum(JOURNAL_STATES), amount: microsSchema.optional() }).optional(),
});
export type JournalLine = Readonly<z.output<typeof journalLineSchema>>;
