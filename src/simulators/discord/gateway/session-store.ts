import type { WebSocket } from 'ws';
import { TIME_LIMITS } from '../limits.ts';
import type { Simulation } from '../simulation.ts';
import type { ClientFrame } from './client-frame.ts';
import { guildData, guildsOf, INTENT_GUILDS, readyData } from './ready.ts';
import { dispatchTo, OPCODE, replay, sendFrame, type Session } from './session.ts';

/** The gateway sessions, from IDENTIFY to their end. */
export interface SessionStore {
  all(): Session[];
  readonly identify: (socket: WebSocket, frame: ClientFrame) => void;
  /** Resumes the session, or sends op 9 if it no longer exists. */
  readonly resume: (socket: WebSocket, frame: ClientFrame) => void;
  /** Returns the session that uses this socket. */
  ofSocket(socket: WebSocket): Session | undefined;
  disconnected(socket: WebSocket, code: number): void;
  /** Detaches all sessions from their sockets, which stay open; deletes them unless resumable. */
  detachAll(resumable: boolean): void;
}

/** Close codes that end the session; after all others it can be resumed. */
const SESSION_ENDING_CODES = [1000, 1001];

function newSession(id: string, socket: WebSocket, { intents, shard }: ClientFrame): Session {
  return { id, intents, shard, socket, disconnectedAt: undefined, sequence: 0, sent: [] };
}

function sendInitialEvents(sim: Simulation, session: Session, gatewayUrl: string): void {
  dispatchTo(session, 'READY', readyData(sim.world, session, gatewayUrl));
  if ((session.intents & INTENT_GUILDS) !== 0) {
    guildsOf(sim.world, session).forEach((guild) =>
      dispatchTo(session, 'GUILD_CREATE', guildData(guild, sim.world.bot.id)),
    );
  }
}

export function createSessionStore(sim: Simulation, gatewayUrl: () => string): SessionStore {
  const sessions = new Map<string, Session>();
  const all = (): Session[] => [...sessions.values()];
  const ofSocket = (socket: WebSocket): Session | undefined =>
    all().find((session) => session.socket === socket);

  function detach(session: Session): void {
    session.socket = undefined;
    session.disconnectedAt = sim.clock.now();
    sim.events.emit('gateway', { kind: 'closed', sessionId: session.id });
  }

  return {
    all,
    ofSocket,
    identify(socket, frame) {
      const session = newSession(sim.newId(), socket, frame);
      sessions.set(session.id, session);
      sendInitialEvents(sim, session, gatewayUrl());
      sim.events.emit('gateway', { kind: 'identified', sessionId: session.id });
    },
    resume(socket, frame) {
      const session = sessions.get(frame.sessionId);
      const since = session?.disconnectedAt ?? sim.clock.now();
      if (session === undefined || sim.clock.now() - since > TIME_LIMITS.resumeMs) {
        sendFrame(socket, { op: OPCODE.invalidSession, d: false });
        return;
      }
      const stale = session.socket;
      session.socket = socket;
      stale?.terminate();
      session.disconnectedAt = undefined;
      replay(session, socket, frame.sequence);
      dispatchTo(session, 'RESUMED', { _trace: [] });
      sim.events.emit('gateway', { kind: 'resumed', sessionId: session.id });
    },
    disconnected(socket, code) {
      const session = ofSocket(socket);
      if (session === undefined) {
        return;
      }
      if (SESSION_ENDING_CODES.includes(code)) {
        sessions.delete(session.id);
      }
      detach(session);
    },
    detachAll(resumable) {
      const detached = all().filter(({ socket }) => socket !== undefined);
      if (!resumable) {
        sessions.clear();
      }
      detached.forEach(detach);
    },
  };
}
