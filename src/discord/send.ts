/** The parts of an answer of Discord that every request is watched for. */
export interface WatchedAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** Sends one request and resolves with its answer, whatever its status. */
export type Send<Init, Answer extends WatchedAnswer> = (url: string, init: Init) => Promise<Answer>;
