/** The colours of the edges of boxes. */
export const ACCENTS = {
  /** The blue of the chart's bars. */
  figures: 0x5b_9d_ff,
  /** Amber: something that an admin has to look at. */
  attention: 0xf0_b2_32,
} as const;
