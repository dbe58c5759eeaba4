import type { WebSocket } from 'ws';

/** Numbers of the gateway's frames. */
export const OPCODE = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

interface SentEvent {
  readonly sequence: number;
  readonly frame: string;
}

/** One session: it outlives its socket until it is resumed, ended or too old. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  socket: WebSocket | undefined;
  /** Virtual milliseconds; undefined while connected. */
  disconnectedAt: number | undefined;
  sequence: number;
  readonly sent: SentEvent[];
}

// More than any test misses; keeps a long run from growing without end.
const KEPT_EVENTS = 2000;

export function sendFrame(socket: WebSocket, frame: Record<string, unknown>): void {
  if (socket.readyState === socket.OPEN) {
    socket.send(JSON.stringify(frame));
  }
}

/** Numbers the event, keeps it for a resume, and sends it if somebody is connected. */
export function dispatchTo(session: Session, event: string, data: unknown): void {
  session.sequence += 1;
  const frame = { op: OPCODE.dispatch, s: session.sequence, t: event, d: data };
  session.sent.push({ sequence: session.sequence, frame: JSON.stringify(frame) });
  if (session.sent.length > KEPT_EVENTS) {
    session.sent.shift();
  }
  if (session.socket !== undefined) {
    sendFrame(session.socket, frame);
  }
}

/** Sends again what the client has not seen. */
export function replay(session: Session, socket: WebSocket, seen: number): void {
  for (const { sequence, frame } of session.sent) {
    if (sequence > seen && socket.readyState === socket.OPEN) {
      socket.send(frame);
    }
  }
}
