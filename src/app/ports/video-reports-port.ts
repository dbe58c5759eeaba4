/** A member's report of a video. */
interface VideoReport {
  readonly memberId: string;
  readonly taskId: string;
  /** In milliseconds. */
  readonly at: number;
}

/** Who reported what, kept as long as tasks are. */
export interface VideoReports {
  ofMember(memberId: string): Promise<readonly VideoReport[]>;
  add(report: VideoReport): Promise<void>;
}
