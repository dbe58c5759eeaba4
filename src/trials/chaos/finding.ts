/** What a promise was broken by: the four that the round counts, and what is wrong besides. */
export const FAULTS = ['lost', 'doubled', 'let-through', 'off', 'leaked', 'broken'] as const;
export type Fault = (typeof FAULTS)[number];

/** One broken promise of one round. */
export interface Finding {
  readonly fault: Fault;
  readonly what: string;
  /** The interaction's id, where it is about one. */
  readonly taskId?: string;
}
