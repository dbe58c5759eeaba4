import { z } from 'zod';

/**
 * The bars of one panel; both lists are as long as `labels`. Only heights: the text of the message
 * has the exact sums.
 */
const panelSchema = z.object({
  title: z.string(),
  labels: z.array(z.string()),
  settled: z.array(z.number()),
  /** Reserved or held: counted, but not final. */
  open: z.array(z.number()),
});
export type ChartPanel = Readonly<z.infer<typeof panelSchema>>;

/** Everything the chart shows, in the form in which it is passed to the drawing thread. */
export const usageChartSchema = z.object({
  title: z.string(),
  subtitle: z.string(),
  /** Vertical bars, one per day. */
  days: panelSchema,
  /** Horizontal bars, the largest first, at most ten. */
  ranking: panelSchema.extend({
    /** The text at the end of each bar. */
    values: z.array(z.string()),
  }),
  legend: z.object({ settled: z.string(), open: z.string() }),
  /** How axis numbers are formatted; without a currency they are counts. */
  axis: z.object({ locale: z.string(), currency: z.string().optional() }),
});
export type UsageChart = Readonly<z.infer<typeof usageChartSchema>>;
