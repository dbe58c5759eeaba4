import type { WebSocket } from 'ws';

/** Discord's gateway opcodes. */
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

/** A gateway session. It is kept after its socket closes, until it ends or is too old to resume. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  socket: WebSocket | undefined;
  /** Virtual milliseconds; `undefined` while connected. */
  disconnectedAt: number | undefined;
  sequence: number;
  readonly sent: SentEvent[];
}

// More than any test misses; bounds the memory of a long run.
const MAX_KEPT_EVENTS = 2000;

export function sendFrame(socket: WebSocket, frame: Record<string, unknown>): void {
  if (socket.readyState === socket.OPEN) {
    socket.send(JSON.stringify(frame));
  }
}

/** Numbers the event, keeps it for a resume, and sends it if the session is connected. */
export function dispatchTo(session: Session, event: string, data: unknown): void {
  session.sequence += 1;
  const frame = { op: OPCODE.dispatch, s: session.sequence, t: event, d: data };
  session.sent.push({ sequence: session.sequence, frame: JSON.stringify(frame) });
  if (session.sent.length > MAX_KEPT_EVENTS) {
    session.sent.shift();
  }
  if (session.socket !== undefined) {
    sendFrame(session.socket, frame);
  }
}

/** Sends the kept events after `lastSequence` again. */
export function replay(session: Session, socket: WebSocket, lastSequence: number): void {
  for (const { sequence, frame } of session.sent) {
    if (sequence > lastSequence && socket.readyState === socket.OPEN) {
      socket.send(frame);
    }
  }
}
