import type { WebSocket } from 'ws';
import { readClientFrame, type ClientFrame } from './client-frame.ts';
import { OPCODE, sendFrame } from './session.ts';
import type { SessionStore } from './session-store.ts';

/** The options of one gateway connection. */
export interface ConnectionOptions {
  readonly sessions: SessionStore;
  readonly token: string;
  readonly heartbeatIntervalMs: number;
  readonly answersHeartbeats: () => boolean;
}

const CLOSE = { decode: 4002, notAuthenticated: 4003, authentication: 4004, already: 4005 };

/** Handles the gateway protocol on one socket: HELLO, IDENTIFY or RESUME, heartbeats. */
export function serveConnection(socket: WebSocket, options: ConnectionOptions): void {
  const { sessions } = options;

  function authenticate(frame: ClientFrame): void {
    if (sessions.ofSocket(socket) !== undefined) {
      socket.close(CLOSE.already, 'Already authenticated.');
    } else if (frame.token === options.token) {
      const startSession = frame.op === OPCODE.identify ? sessions.identify : sessions.resume;
      startSession(socket, frame);
    } else {
      socket.close(CLOSE.authentication, 'Authentication failed.');
    }
  }

  function handleFrame(frame: ClientFrame): void {
    if (frame.op === OPCODE.heartbeat) {
      if (options.answersHeartbeats()) {
        sendFrame(socket, { op: OPCODE.heartbeatAck });
      }
    } else if (frame.op === OPCODE.identify || frame.op === OPCODE.resume) {
      authenticate(frame);
    } else if (sessions.ofSocket(socket) === undefined) {
      socket.close(CLOSE.notAuthenticated, 'Not authenticated.');
    }
  }

  socket.on('message', (data: Buffer) => {
    const frame = readClientFrame(data.toString());
    if (frame === undefined) {
      socket.close(CLOSE.decode, 'Error while decoding payload.');
    } else {
      handleFrame(frame);
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => sessions.disconnected(socket, code));
  sendFrame(socket, { op: OPCODE.hello, d: { heartbeat_interval: options.heartbeatIntervalMs } });
}
