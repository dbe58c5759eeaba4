import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../app/ports/core.ts';
import { Client, Events, Status, WebSocketShardEvents } from './discord-js.ts';
import { throughPassage } from './gateway-socket.ts';
import type { GatewayPassage } from './gateway-socket.ts';
import type { AwaitIdentifyTurn } from './identify-turns.ts';
import type { SendRequest } from './library-sender.ts';
import { API_VERSION } from './rest/direct-sender.ts';

export interface GatewayShardDeps {
  readonly apiUrl: string;
  readonly token: string;
  readonly log: Log;
  readonly makeRequest: SendRequest;
  /** `undefined` where no proxy is set. */
  readonly proxied: Pick<GatewayPassage, 'tunnelTo'> | undefined;
  /** `undefined` where there is only one shard, which never waits for another. */
  readonly awaitTurn: AwaitIdentifyTurn | undefined;
  /** Called with each event; with `true` discord.js does not see it. */
  readonly onEvent: (name: string, data: unknown) => boolean;
  /** Called when the session ended for good, for example because the token was revoked. */
  readonly onFatal: (reason: string) => void;
}

/** Which shard, and of how many. */
export interface ShardPlace {
  readonly shard: number;
  readonly count: number;
}

/** What Discord says of a session that it opened. */
export interface OpenedShard {
  readonly applicationId: string;
  /** The servers of the shard. */
  readonly guildIds: readonly string[];
}

/** One shard's session with the gateway. */
export interface GatewayShard {
  /** Resolves when the session is open. A session whose opening failed cannot be opened again. */
  open(): Promise<OpenedShard>;
  /** Whether interactions of the shard arrive now. */
  isReady(): boolean;
  /** Ends the session; resolves when the connection is closed or abandoned. */
  close(): Promise<void>;
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

const REFUSED_TOKEN_CODE = 4004;
/** Close codes after which, by the gateway's documentation, a new connection is refused too. */
const FATAL_CLOSE_CODES: ReadonlySet<number> = new Set([4010, 4011, 4012, 4013, 4014]);

/**
 * Creates a session with discord.js, with one client for each shard: a client cannot give back one
 * of several shards. It uses no intents: interactions need none, and with the guilds intent they
 * would wait until every guild is loaded. Interactions are read from the raw packet, so that the
 * bot's own schema validates what Discord sends.
 */
export function createGatewayShard(deps: GatewayShardDeps, place: ShardPlace): GatewayShard {
  const { token, log, proxied } = deps;
  const client = createClient(deps, place);
  client.on(Events.Raw, (packet: unknown) => {
    // Hides it from discord.js, which would build its own objects from it and throw on a missing
    // field.
    if (isPacket(packet) && deps.onEvent(packet.t, packet.d)) packet.t = 'TAKEN';
  });
  const onFault = (cause: Error): void => log.warn({ err: cause }, 'gateway connection error');
  reportFaults(client, deps, onFault);
  return {
    async open() {
      const ready = new Promise<Client<true>>((resolve) => {
        client.once(Events.ClientReady, resolve);
      });
      if (proxied === undefined) await client.login(token);
      else await throughPassage({ ...proxied, onFault }, async () => client.login(token));
      const { application, guilds } = await ready;
      return { applicationId: application.id, guildIds: [...guilds.cache.keys()] };
    },
    // `client.isReady()` stays true after the first time, even while the connection is down.
    isReady: () =>
      client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    async close() {
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

/**
 * Where an option has the library's default, the library reads SHARDS and SHARD_COUNT from the
 * environment, and an empty SHARD_COUNT as 0. So the count is set after it has looked.
 */
const NOT_THE_DEFAULT = 2;

function createClient(
  { apiUrl, makeRequest, awaitTurn }: GatewayShardDeps,
  { shard, count }: ShardPlace,
): Client {
  const client = new Client({
    intents: [],
    rest: { api: apiUrl, version: API_VERSION, makeRequest },
    shards: [shard],
    shardCount: NOT_THE_DEFAULT,
    ...(awaitTurn && { ws: { buildIdentifyThrottler: throttlerOf(awaitTurn) } }),
  });
  client.options.shardCount = count;
  return client;
}

type BuildThrottler = NonNullable<
  NonNullable<ConstructorParameters<typeof Client>[0]['ws']>['buildIdentifyThrottler']
>;

function throttlerOf(awaitTurn: AwaitIdentifyTurn): BuildThrottler {
  return async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return {
      waitForIdentify: async (shard, signal) =>
        awaitTurn({ shard, bucket: shard % limit.max_concurrency }, signal),
    };
  };
}

function reportFaults(
  client: Client,
  { log, onFatal }: GatewayShardDeps,
  onFault: (cause: Error) => void,
): void {
  client.on(Events.Error, (cause) => {
    log.warn({ err: cause }, 'gateway error');
  });
  client.on(Events.ShardError, onFault);
  const closeCodes = closeCodesOf(client);
  client.on(Events.ShardReconnecting, (shardId) => {
    log.info({ code: closeCodes.get(shardId) }, 'gateway reconnecting');
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === REFUSED_TOKEN_CODE) {
      onFatal('Discord refuses DISCORD_TOKEN (it closed the gateway with 4004)');
    } else if (FATAL_CLOSE_CODES.has(code)) onFatal(`Discord closed the gateway with ${code}`);
  });
  client.on(Events.Invalidated, () => {
    onFatal('Discord ended the gateway session for good');
  });
}

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
