/** A member whose named media, and whose name on what lies in libraries, are to be deleted in a guild. */
export interface Erasure {
  readonly guildId: string;
  readonly memberId: string;
  /** When they asked for it, in milliseconds: what they named afterwards stays. */
  readonly at: number;
}

/** Erasures that are not done yet: the process of each guild does its own. */
export interface ErasureMarks {
  add(erasures: readonly Erasure[]): Promise<void>;
  all(): Promise<Erasure[]>;
  /** Not if the member has asked again since. */
  remove(erasure: Erasure): Promise<void>;
}
