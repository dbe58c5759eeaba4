import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { createDeferred } from '../../../simulators/discord/deferred.ts';
import { APPLICATION_ID, BOT_USER_ID } from './interaction.ts';

export interface LeanGateway {
  /** Resolves when a bot has identified and READY was sent to it. */
  readonly ready: Promise<void>;
  dispatch(event: string, data: unknown): void;
  close(): void;
}

/** Creates a gateway for one session of one bot, which cannot be resumed. */
export function createLeanGateway(server: Server, address: () => string): LeanGateway {
  const sockets = new WebSocketServer({ server });
  const ready = createDeferred();
  let bot: WebSocket | undefined;
  let sequence = 0;
  const dispatch = (event: string, data: unknown): void => {
    sequence += 1;
    bot?.send(JSON.stringify({ op: 0, s: sequence, t: event, d: data }));
  };
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('message', (frame: Buffer) => {
      const text = frame.toString('utf8');
      if (text.includes('"op":1,')) socket.send('{"op":11}');
      if (!text.includes('"op":2,')) return;
      bot = socket;
      dispatch('READY', readyData(address()));
      ready.resolve();
    });
  });
  return {
    ready: ready.promise,
    dispatch,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function readyData(address: string) {
  return {
    v: 10,
    user: { id: BOT_USER_ID, username: 'Clapper', discriminator: '0', avatar: null, bot: true },
    guilds: [],
    session_id: 'bench',
    resume_gateway_url: address,
    shard: [0, 1],
    application: { id: APPLICATION_ID, flags: 0 },
  };
}
