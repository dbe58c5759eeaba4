/** The ways in which a promise can be broken; docs/developers/reliability.md explains each. */
export const FINDING_KINDS = ['lost', 'doubled', 'let-through', 'off', 'leaked', 'broken'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One broken promise, found in one round. */
export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
  /** The id of the task, or of the interaction if it has no record. */
  readonly taskId?: string;
}
