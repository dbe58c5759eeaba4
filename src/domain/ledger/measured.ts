import { z } from 'zod';
import { microsSchema } from './money.ts';

/** What the files of a task's reference videos said about their lengths, after it was accepted. */
export const measuredSchema = z.discriminatedUnion('kind', [
  /** Our own sum with those lengths. */
  z.object({ kind: z.literal('read'), micros: microsSchema }),
  z.object({ kind: z.literal('unreadable') }),
]);
export type Measured = Readonly<z.output<typeof measuredSchema>>;
