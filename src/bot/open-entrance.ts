import type { DiscordTime } from '../app/discord-time.ts';
import type { Clock } from '../app/ports/core.ts';
import type { Config } from '../config/config.ts';
import { hasEndpoint, readApplication } from '../discord/application.ts';
import { createDoorEntrance } from '../discord/door/door-entrance.ts';
import { createInteractionDoor } from '../discord/door/interaction-door.ts';
import type { InteractionDoor } from '../discord/door/interaction-door.ts';
import type { Entrance } from '../discord/entrance.ts';
import { createGateway } from '../discord/gateway.ts';
import type { GatewayDeps, ShardPlan } from '../discord/gateway.ts';
import { createIdentifyTurns } from '../discord/identify-turns.ts';
import { createGuildList } from '../discord/rest/guild-list.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import { readRecommendedShards } from '../discord/shard-count.ts';
import type { Membership } from '../store/postgres/membership.ts';
import type { BotContext } from './bot-context.ts';
import { followShards } from './follow-shards.ts';

export interface EntranceParts extends Omit<
  GatewayDeps,
  'apiUrl' | 'token' | 'log' | 'time' | 'shards'
> {
  readonly rests: RestClients;
  readonly time: DiscordTime;
  /** Where several processes share a database. */
  readonly membership: Membership | undefined;
}

export interface OpenedEntrance {
  readonly entrance: Entrance;
  /** Goes after the slots of this process with the shards that it holds, from the log-in on. */
  readonly follow?: () => void;
  /** `undefined` where interactions arrive over the gateway. */
  readonly door: InteractionDoor | undefined;
}

/** Creates the way in which interactions arrive, and closes it at the end. */
export function openEntrance(
  { config, clock, log, resources }: BotContext,
  { rests, membership, ...parts }: EntranceParts,
): OpenedEntrance {
  const { apiUrl, token, publicKey } = config.discord;
  const common = { ...parts, apiUrl, token, log };
  if (publicKey === undefined) {
    const shards = membership && shardPlan(config, clock, membership);
    const entrance = createGateway({ ...common, shards });
    resources.own('gateway', async () => entrance.close());
    if (membership === undefined) return { entrance, door: undefined };
    const owns = (slot: number): boolean => membership.owns(slot);
    const follow = (): void => {
      const following = followShards({ gateway: entrance, owns, clock, log });
      resources.own('shards', async () => following.stop());
    };
    return { entrance, door: undefined, follow };
  }
  const door = createInteractionDoor({ ...common, publicKey });
  const guildList = createGuildList(rests);
  const entrance = createDoorEntrance({ ...common, door, publicKey, guildList, clock });
  resources.own('door', async () => entrance.close());
  return { entrance, door };
}

/** This process holds the shards of its own slots. */
function shardPlan(
  { discord }: Pick<Config, 'discord'>,
  clock: Clock,
  membership: Pick<Membership, 'owns'>,
): ShardPlan {
  return {
    count: async (rest) => discord.shardCount ?? readRecommendedShards(rest),
    first: (count) =>
      Array.from({ length: count }, (_none, shard) => shard).filter((slot) =>
        membership.owns(slot),
      ),
    awaitTurn: createIdentifyTurns(clock),
  };
}

/** Warns if Discord sends interactions by HTTP, so that none arrive over the gateway. */
export async function warnOfEndpoint(
  { log, stopping }: Pick<BotContext, 'log' | 'stopping'>,
  { rest }: Pick<Entrance, 'rest'>,
): Promise<void> {
  try {
    if (!hasEndpoint(await readApplication(rest, stopping))) return;
    log.warn(
      {},
      'an Interactions Endpoint URL is set in the developer portal, so Discord sends no commands and clicks over the gateway; remove it there, or set DISCORD_PUBLIC_KEY',
    );
  } catch (cause) {
    log.debug({ err: cause }, 'the application could not be read');
  }
}
