import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Simulation } from '../simulation.ts';
import { waitUntil } from '../wait-until.ts';
import { shardOf } from './client-frame.ts';
import { serveConnection } from './connection.ts';
import { feedEvents } from './event-feed.ts';
import type { GatewayControl, SessionView } from './gateway-control.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { dispatchTo, OPCODE, sendFrame, type Session } from './session.ts';

export interface Gateway extends GatewayControl {
  close(): void;
}

export interface GatewayOptions {
  readonly heartbeatIntervalMs: number;
  /** Real milliseconds after which `ready` rejects. */
  readonly backstopMs: number;
  readonly url: () => string;
  readonly server: Server;
}

function isConnected({ socket }: Session): boolean {
  return socket !== undefined;
}

function viewOf({ id, shard, socket, sequence }: Session): SessionView {
  return { id, shard, connected: socket !== undefined, sequence };
}

interface UpgradeState {
  readonly sockets: WebSocketServer;
  readonly sessions: SessionStore;
  readonly mode: { readonly refusing: boolean; readonly answering: boolean };
}

function acceptUpgrades(sim: Simulation, options: GatewayOptions, state: UpgradeState): void {
  const { sockets, sessions, mode } = state;
  const connection = {
    sessions,
    token: sim.world.application.token,
    heartbeatIntervalMs: options.heartbeatIntervalMs,
    answersHeartbeats: () => mode.answering,
  };
  options.server.on('upgrade', (request, stream, head) => {
    if (mode.refusing) {
      stream.destroy();
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => serveConnection(socket, connection));
  });
}

/** Creates the gateway; it accepts WebSocket upgrades of an HTTP server. */
export function createGateway(sim: Simulation, options: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = createSessionStore(sim, options.url);
  const mode = { refusing: false, answering: true };
  const eachSocket = (act: (socket: WebSocket) => void): void => {
    sessions.all().forEach(({ socket }) => socket !== undefined && act(socket));
  };

  const ofShard = (guildId: string | undefined): Session[] =>
    sessions
      .all()
      .filter(
        ({ shard: [index, count] }) => guildId === undefined || shardOf(guildId, count) === index,
      );

  acceptUpgrades(sim, options, { sockets, sessions, mode });
  feedEvents(sim, (event, data, guildId, isAddressed) =>
    ofShard(guildId)
      .filter(isAddressed)
      .forEach((session) => dispatchTo(session, event, data)),
  );

  return {
    sessions: () => sessions.all().map(viewOf),
    async ready(count = 1) {
      await waitUntil({
        subscribe: (check) => sim.events.on('gateway', check),
        probe: () => (sessions.all().filter(isConnected).length >= count ? true : undefined),
        describe: () => `${count} connected gateway sessions`,
        backstopMs: options.backstopMs,
      });
    },
    dispatch(event, data, guildId) {
      const addressed = ofShard(guildId);
      addressed.forEach((session) => dispatchTo(session, event, data));
      return addressed.filter(isConnected).length;
    },
    requestReconnect: () =>
      eachSocket((socket) => sendFrame(socket, { op: OPCODE.reconnect, d: null })),
    invalidate(resumable) {
      eachSocket((socket) => sendFrame(socket, { op: OPCODE.invalidSession, d: resumable }));
      sessions.detachAll(resumable);
    },
    cut: () => eachSocket((socket) => socket.terminate()),
    closeWith: (code) => eachSocket((socket) => socket.close(code)),
    freeze: () => eachSocket((socket) => socket.pause()),
    refuse(isRefusing) {
      mode.refusing = isRefusing;
    },
    acknowledgeHeartbeats(isAnswering) {
      mode.answering = isAnswering;
    },
    close() {
      sockets.clients.forEach((socket) => socket.terminate());
      sockets.close();
    },
  };
}
