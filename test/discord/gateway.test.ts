import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { createGateway } from '../../src/discord/gateway.ts';
import { sendByLibrary } from '../../src/discord/library-sender.ts';
import { APPLICATION_ID, GUILD_ID } from '../fakes/a-task.ts';
import { recordingLog } from '../fakes/log.ts';

const HELLO = 10;
const IDENTIFY = 2;
const frameSchema = z.object({ op: z.number(), d: z.unknown() });

/**
 * Discord's gateway on loopback, as far as one session needs it; the test controls what it sends.
 */
async function startGateway(ready: object) {
  const identified: unknown[] = [];
  const sockets: WebSocket[] = [];
  const streams: Duplex[] = [];
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    const limit = { total: 1000, remaining: 1000, reset_after: 1, max_concurrency: 1 };
    response.end(JSON.stringify({ url: `ws://${host()}`, shards: 1, session_start_limit: limit }));
  });
  const web = new WebSocketServer({ server });
  web.on('connection', (socket, request) => {
    sockets.push(socket);
    streams.push(request.socket);
    const send = (frame: object): void => {
      socket.send(JSON.stringify(frame));
    };
    send({ op: HELLO, d: { heartbeat_interval: 45_000 } });
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString() : '';
      const frame = frameSchema.parse(JSON.parse(text));
      if (frame.op !== IDENTIFY) return;
      identified.push(frame.d);
      send({ op: 0, t: 'READY', s: 1, d: { ...ready, resume_gateway_url: `ws://${host()}` } });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = (): string => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
  };
  onTestFinished(() => {
    for (const socket of sockets) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return { apiUrl: `http://${host()}`, identified, sockets, streams };
}

const READY = {
  v: 10,
  user: { id: APPLICATION_ID, username: 'clapper', discriminator: '0' },
  application: { id: APPLICATION_ID, flags: 0 },
  session_id: 'one',
};

async function loggedIn(guilds: readonly object[] = []) {
  const discord = await startGateway({ ...READY, guilds });
  const log = recordingLog();
  const interactions: unknown[] = [];
  const permissions: unknown[] = [];
  const time = createDiscordTime(systemClock, log);
  const gateway = createGateway({
    makeRequest: sendByLibrary,
    apiUrl: discord.apiUrl,
    token: 'a-token',
    log,
    time,
    onInteraction: (raw) => interactions.push(raw),
    onPermissionsUpdate: (raw) => permissions.push(raw),
    onFatal: (reason) => {
      throw new Error(reason);
    },
  });
  onTestFinished(async () => gateway.close());
  const known = await gateway.login();
  const [socket] = discord.sockets;
  const [frames] = discord.streams;
  if (socket === undefined || frames === undefined) throw new Error('nobody came');
  return { ...discord, gateway, known, log, time, interactions, permissions, socket, frames };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

it('uses no intents, and is ready while a server is unavailable', async () => {
  const { identified, known } = await loggedIn([{ id: GUILD_ID, unavailable: true }]);
  expect(identified).toMatchObject([{ intents: 0, token: 'a-token' }]);
  expect(known.applicationId).toBe(APPLICATION_ID);
});

it('passes on every interaction unchanged, also one on which the library would throw', async () => {
  const { socket, interactions } = await loggedIn();
  // The library builds an object from it, and throws if it has no entitlements.
  const data = { id: '2', name: 'video', type: 1 };
  const bare = { id: GUILD_ID, token: 'x', type: 2, application_id: APPLICATION_ID, data };
  socket.send(JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: 2, d: bare }));
  await until(() => interactions.length > 0);
  expect(interactions).toEqual([bare]);
});

it('passes on what an admin changes about who may use a command', async () => {
  const { socket, permissions, interactions } = await loggedIn();
  const d = { id: APPLICATION_ID, guild_id: GUILD_ID, application_id: APPLICATION_ID };
  const changed = { ...d, permissions: [] };
  socket.send(
    JSON.stringify({ op: 0, t: 'APPLICATION_COMMAND_PERMISSIONS_UPDATE', s: 2, d: changed }),
  );
  await until(() => permissions.length > 0);
  expect(permissions).toEqual([changed]);
  expect(interactions).toEqual([]);
});

it.each([
  ['SHARD_COUNT', ''],
  ['SHARD_COUNT', '4'],
  ['SHARDS', '[1]'],
  ['SHARDS', 'all'],
])('takes no shards from %s=%s of the environment', async (name, value) => {
  vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { identified } = await loggedIn();
  expect(identified).toMatchObject([{ shard: [0, 1] }]);
});

it('handles connection errors and reconnects', async () => {
  const { frames, sockets, log } = await loggedIn();
  // Not a web socket frame, so the connection fails.
  frames.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
  await until(() => sockets.length > 1);
  const said = log.lines.map(({ level, message }) => `${level}: ${message}`);
  expect(said).toContain('warn: gateway connection error');
});

it('logs the code with which a connection was closed', async () => {
  const { socket, sockets, log } = await loggedIn();
  socket.close(4000, 'unknown error');
  await until(() => sockets.length > 1);
  expect(log.lines).toContainEqual(
    expect.objectContaining({ message: 'gateway reconnecting', fields: { code: 4000 } }),
  );
});
