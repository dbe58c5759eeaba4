interface SessionView {
  readonly id: string;
  readonly connected: boolean;
  /** Number of the last event. */
  readonly sequence: number;
}

/** What a test can see of the gateway and do to it. */
export interface GatewayControl {
  sessions(): readonly SessionView[];
  /** Resolves once so many sessions (default 1) are identified and connected; rejects after the backstop. */
  ready(count?: number): Promise<void>;
  /** Sends any event to all sessions (of the guild's shard); returns how many are connected. */
  dispatch(event: string, data: unknown, guildId?: string): number;
  /** op 7 to every session. */
  requestReconnect(): void;
  /** op 9; when not resumable the sessions are forgotten. */
  invalidate(resumable: boolean): void;
  /** Cuts every socket without a word; the sessions can be resumed. */
  cut(): void;
  closeWith(code: number): void;
  /** Every line goes dead: nothing that is sent on it is read any more, a close neither. */
  freeze(): void;
  /** While true every connection is cut at once. */
  refuse(isRefusing: boolean): void;
  /** While false heartbeats stay without an answer. */
  acknowledgeHeartbeats(isAnswering: boolean): void;
}
