import { z } from 'zod';

/** Bars of one panel; both lists are as long as `labels`. Heights only: exact sums stand in the text. */
const panelSchema = z.object({
  title: z.string(),
  labels: z.array(z.string()),
  settled: z.array(z.number()),
  /** Reserved or held: counts, but is not final. */
  open: z.array(z.number()),
});
export type ChartPanel = Readonly<z.infer<typeof panelSchema>>;

/** Everything that the picture shows, as it crosses to the thread that draws it. */
export const usageChartSchema = z.object({
  title: z.string(),
  subtitle: z.string(),
  /** Upright bars, one a day. */
  days: panelSchema,
  /** Lying bars, the largest first, at most ten. */
  ranking: panelSchema.extend({
    /** What stands at the end of each bar. */
    values: z.array(z.string()),
  }),
  legend: z.object({ settled: z.string(), open: z.string() }),
  /** How the numbers of the axis are written; without a currency they are counts. */
  axis: z.object({ locale: z.string(), currency: z.string().optional() }),
});
export type UsageChart = Readonly<z.infer<typeof usageChartSchema>>;
