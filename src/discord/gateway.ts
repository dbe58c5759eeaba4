import { setTimeout as wait } from 'node:timers/promises';
import { Client, Events, Status, WebSocketShardEvents } from './discord-js.ts';
import type { DiscordTime } from '../app/discord-time.ts';
import type { Log } from '../app/ports/core.ts';
import type { ProxiedOutbound } from '../outbound/outbound.ts';
import type { Entrance } from './entrance.ts';
import { throughPassage } from './gateway-socket.ts';
import type { SendRequest } from './library-sender.ts';
import { interactionHeadSchema } from './interaction.ts';

export interface GatewayDeps {
  /** REST base URL without the version. */
  readonly apiUrl: string;
  readonly token: string;
  readonly log: Log;
  /** Sends the requests, and records the times of their answers. */
  readonly makeRequest: SendRequest;
  /** `undefined` where no proxy is set. */
  readonly proxied?: Pick<ProxiedOutbound, 'tunnelTo'> | undefined;
  /** Receives the time of every interaction. */
  readonly time: Pick<DiscordTime, 'sawInteraction'>;
  /** Called with every interaction as Discord sent it. */
  readonly onInteraction: (raw: unknown) => void;
  /** Called with what an admin changed about who may use a command, as Discord sent it. */
  readonly onPermissionsUpdate?: (raw: unknown) => void;
  /** Called when the session ended for good, for example because the token was revoked. */
  readonly onFatal: (reason: string) => void;
}

/**
 * How long to wait for Discord's answer to the close, in milliseconds. On a dead connection it
 * never comes, and work in flight needs the time that is left to stop.
 */
const CLOSE_MS = 500;

interface Packet {
  t: string;
  readonly d: unknown;
}

function isPacket(packet: unknown): packet is Packet {
  return (
    typeof packet === 'object' &&
    packet !== null &&
    't' in packet &&
    typeof packet.t === 'string' &&
    'd' in packet
  );
}

const INTERACTION = 'INTERACTION_CREATE';
/** Sent without any intent. */
const PERMISSIONS_UPDATE = 'APPLICATION_COMMAND_PERMISSIONS_UPDATE';

function idOf(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
}

/**
 * Where an option has the library's default, the library reads SHARDS and SHARD_COUNT from the
 * environment, and an empty SHARD_COUNT as 0. So the count is set after it has looked.
 */
const NOT_FROM_ENVIRONMENT = { shards: [0], shardCount: 2 };

const REFUSED_TOKEN_CODE = 4004;
/** Close codes after which, by the gateway's documentation, a new connection is refused too. */
const FATAL_CLOSE_CODES: ReadonlySet<number> = new Set([4010, 4011, 4012, 4013, 4014]);

/**
 * The code with which each shard's connection was last closed, by us or by Discord; 1006 without a
 * close frame. Filled just before discord.js reports that it reconnects, from the first time on that
 * a shard was ready.
 */
function closeCodesOf(client: Client): ReadonlyMap<number, number> {
  const codes = new Map<number, number>();
  client.on(Events.ShardReady, (shardId) => {
    const shard = client.ws.shards.get(shardId);
    if (shard === undefined || shard.listenerCount(WebSocketShardEvents.Close) > 0) return;
    shard.on(WebSocketShardEvents.Close, ({ code }) => {
      codes.set(shardId, code);
    });
  });
  return codes;
}

/**
 * Creates the gateway session with discord.js. It uses no intents: interactions need none, and with
 * the guilds intent they would wait until every guild is loaded. Interactions are read from the raw
 * packet, so that the bot's own schema validates what Discord sends.
 */
export function createGateway(deps: GatewayDeps): Entrance {
  const { apiUrl, token, log, time, makeRequest } = deps;
  const rest = { api: apiUrl, version: '10', makeRequest };
  const client = new Client({ intents: [], rest, ...NOT_FROM_ENVIRONMENT });
  client.options.shardCount = 1;

  let isClosing = false;
  client.on(Events.Raw, (packet: unknown) => {
    if (!isPacket(packet)) return;
    if (packet.t === PERMISSIONS_UPDATE) deps.onPermissionsUpdate?.(packet.d);
    if (packet.t !== INTERACTION) return;
    // Hides the packet from discord.js, which would build its own objects from it and throw on a
    // missing field.
    packet.t = 'TAKEN';
    if (isClosing) return;
    const id = interactionHeadSchema.shape.id.safeParse(idOf(packet.d));
    if (id.success) time.sawInteraction(id.data);
    deps.onInteraction(packet.d);
  });
  client.on(Events.Error, (cause) => {
    log.warn({ err: cause }, 'gateway error');
  });
  const onFault = (cause: Error): void => log.warn({ err: cause }, 'gateway connection error');
  client.on(Events.ShardError, onFault);
  const closeCodes = closeCodesOf(client);
  client.on(Events.ShardReconnecting, (shardId) => {
    log.info({ code: closeCodes.get(shardId) }, 'gateway reconnecting');
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === REFUSED_TOKEN_CODE) {
      deps.onFatal('Discord refuses DISCORD_TOKEN (it closed the gateway with 4004)');
    } else if (FATAL_CLOSE_CODES.has(code)) deps.onFatal(`Discord closed the gateway with ${code}`);
  });
  client.on(Events.Invalidated, () => {
    deps.onFatal('Discord ended the gateway session for good');
  });

  return {
    rest: client.rest,
    async login() {
      const ready = new Promise<Client<true>>((resolve) => {
        client.once(Events.ClientReady, resolve);
      });
      const { proxied } = deps;
      if (proxied === undefined) await client.login(token);
      else await throughPassage({ ...proxied, onFault }, async () => client.login(token));
      const { application, guilds } = await ready;
      return { applicationId: application.id, guildIds: [...guilds.cache.keys()] };
    },
    // `client.isReady()` stays true after the first time, even while the connection is down.
    isReady: () =>
      client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    async close() {
      isClosing = true;
      const closed = client.destroy().then(() => true);
      const late = wait(CLOSE_MS, false, { ref: false });
      if (!(await Promise.race([closed, late]))) {
        log.info(
          {},
          'Discord does not answer the close of the gateway; the connection is abandoned',
        );
      }
    },
  };
}
