import type { REST } from 'discord.js';
import type { DiscordTime } from '../app/discord-time.ts';
import type { Log } from '../app/ports/core.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import type { ProxiedOutbound } from '../outbound/outbound.ts';
import { readApplication } from './application.ts';
import { REST as LibraryRest } from './discord-js.ts';
import type { Entrance } from './entrance.ts';
import { createGatewayShard } from './gateway-shard.ts';
import type { GatewayShard, OpenedShard } from './gateway-shard.ts';
import type { AwaitIdentifyTurn } from './identify-turns.ts';
import { interactionIdOf } from './interaction.ts';
import type { SendRequest } from './library-sender.ts';
import { API_VERSION } from './rest/direct-sender.ts';

/** How the servers are divided, and what this process holds of it. */
export interface ShardPlan {
  /** How many shards there are over all processes; asked for once. A server is in shard `(id >> 22) % count`. */
  readonly count: (rest: REST) => Promise<number>;
  /** The shards that this process holds from its log-in on; others may be added and given back. */
  readonly first: (count: number) => readonly number[];
  readonly awaitTurn: AwaitIdentifyTurn;
}

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
  /** Called when a session ended for good, for example because the token was revoked. */
  readonly onFatal: (reason: string) => void;
  /** `undefined`: one shard, which this process holds. */
  readonly shards?: ShardPlan | undefined;
}

/** The sessions of the shards that this process holds. */
export interface Gateway extends Entrance {
  /** The number of shards over all processes. Rejects if it cannot be read; it is read once. */
  shardCount(): Promise<number>;
  /**
   * Opens a shard's session, or waits for the one that is being opened; resolves when its
   * interactions arrive. Rejects if that fails; then it is not held. Another process may hold it as
   * well: both get its interactions.
   */
  hold(shard: number): Promise<OpenedShard>;
  /** Gives a shard back; resolves when nothing of it arrives any more. */
  drop(shard: number): Promise<void>;
  /** The shards that are held, or being opened. */
  held(): readonly number[];
}

const INTERACTION = 'INTERACTION_CREATE';
/** Sent without any intent. */
const PERMISSIONS_UPDATE = 'APPLICATION_COMMAND_PERMISSIONS_UPDATE';

/** Creates the gateway; nothing is opened before the log-in. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { apiUrl, token, makeRequest, proxied, shards } = deps;
  const rest = new LibraryRest({ api: apiUrl, version: API_VERSION, makeRequest }).setToken(token);
  const stopping = new AbortController();
  const held = new Map<number, Held>();
  const shardDeps = {
    ...deps,
    proxied,
    awaitTurn: shards?.awaitTurn,
    onEvent: eventHandler(deps, () => stopping.signal.aborted),
  };
  const shardCount = readOnce(async () => {
    // The library forgets a token that was refused.
    rest.setToken(token);
    return shards === undefined ? 1 : shards.count(rest);
  });
  let isLoggedIn = false;

  const gateway: Gateway = {
    rest,
    shardCount,
    async hold(shard) {
      const count = await shardCount();
      stopping.signal.throwIfAborted();
      const known = held.get(shard) ?? openShard(createGatewayShard(shardDeps, { shard, count }));
      held.set(shard, known);
      try {
        return await known.opened;
      } catch (cause) {
        if (held.get(shard) === known) held.delete(shard);
        throw cause;
      }
    },
    async drop(shard) {
      const known = held.get(shard);
      held.delete(shard);
      await known?.close();
    },
    held: () => [...held.keys()],
    async login() {
      const first = shards?.first(await shardCount()) ?? [0];
      const opened: OpenedShard[] = [];
      // One after the other: each asks Discord where the gateway is, which it limits.
      for (const shard of first) opened.push(await gateway.hold(shard));
      const applicationId =
        opened[0]?.applicationId ?? (await readApplication(rest, stopping.signal)).id;
      isLoggedIn = true;
      return { applicationId, guildIds: opened.flatMap(({ guildIds }) => guildIds) };
    },
    isReady: () => isLoggedIn && [...held.values()].every((known) => known.isReady()),
    async close() {
      stopping.abort();
      await Promise.all([...held.values()].map(async (known) => known.close()));
    },
  };
  return gateway;
}

/** Reads once, and again only after a failure. */
function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return async () => {
    known ??= read().catch((cause: unknown) => {
      known = undefined;
      throw cause;
    });
    return known;
  };
}

interface Held extends Pick<GatewayShard, 'isReady' | 'close'> {
  /** Rejects as well when the shard is given back meanwhile. */
  readonly opened: Promise<OpenedShard>;
}

function openShard(session: GatewayShard): Held {
  const closing = new AbortController();
  return {
    opened: unlessAborted(session.open(), closing.signal),
    isReady: () => session.isReady(),
    async close() {
      closing.abort(new Error('the shard was given back'));
      await session.close();
    },
  };
}

/** Passes on what the bot reads itself; `true` for interactions, which discord.js must not read. */
function eventHandler(
  { time, onInteraction, onPermissionsUpdate }: GatewayDeps,
  isStopping: () => boolean,
): (name: string, data: unknown) => boolean {
  return (name, data) => {
    if (name === PERMISSIONS_UPDATE) onPermissionsUpdate?.(data);
    if (name !== INTERACTION) return false;
    if (isStopping()) return true;
    const id = interactionIdOf(data);
    if (id !== undefined) time.sawInteraction(id);
    onInteraction(data);
    return true;
  };
}
