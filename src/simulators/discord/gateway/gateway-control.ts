/** A session, from IDENTIFY to its end. */
export interface SessionView {
  readonly id: string;
  readonly connected: boolean;
  /** Its shard, and of how many. */
  readonly shard: readonly [number, number];
  /** The sequence number of the last event. */
  readonly sequence: number;
}

/** The gateway as tests read and disturb it. */
export interface GatewayControl {
  sessions(): readonly SessionView[];
  /** Resolves once `count` sessions (default 1) are connected; rejects after the backstop. */
  ready(count?: number): Promise<void>;
  /** Sends an event to all sessions (of the guild's shard); returns how many are connected. */
  dispatch(event: string, data: unknown, guildId?: string): number;
  /** Sends op 7 to all sessions. */
  requestReconnect(): void;
  /** Sends op 9 to all sessions; deletes them unless they are resumable. */
  invalidate(resumable: boolean): void;
  /** Cuts all sockets without a close frame; the sessions can be resumed. */
  cut(): void;
  closeWith(code: number): void;
  /** Stops reading from all sockets, including close frames, as if the network were dead. */
  freeze(): void;
  /** While true, new connections are cut immediately. */
  refuse(isRefusing: boolean): void;
  /** While false, heartbeats are not acknowledged. */
  acknowledgeHeartbeats(isAnswering: boolean): void;
}
