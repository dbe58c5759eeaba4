import type { World } from '../world/world.ts';
import type { Channel, Guild } from '../world/model.ts';
import { renderChannel, renderRoles } from '../world/render-guild.ts';
import { renderUser } from '../world/render-user.ts';
import { shardOf } from './client-frame.ts';
import type { Session } from './session.ts';

const GATEWAY_VERSION = 10;
export const INTENT_GUILDS = 1;

/** The bot's guilds of a session's shard. */
export function guildsOf(world: World, { shard: [index, count] }: Session): Guild[] {
  return world.guilds().filter((guild) => guild.botIsMember && shardOf(guild.id, count) === index);
}

/** Returns the data of the READY event. */
export function readyData(world: World, session: Session, gatewayUrl: string) {
  return {
    v: GATEWAY_VERSION,
    user: { ...renderUser(world.bot), mfa_enabled: true, verified: true, email: null },
    guilds: guildsOf(world, session).map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: gatewayUrl,
    shard: session.shard,
    application: { id: world.application.id, flags: 0 },
  };
}

/** Returns the data of the GUILD_CREATE event: the fields that discord.js reads. */
export function guildData(guild: Guild, botId: string) {
  const all = [...guild.channels.values()];
  const render = (channel: Channel) => renderChannel(channel, botId);
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: '100000000000000009',
    preferred_locale: guild.locale,
    features: [],
    emojis: [],
    stickers: [],
    member_count: guild.members.size,
    large: false,
    unavailable: false,
    premium_tier: 0,
    roles: renderRoles(guild),
    channels: all.filter(({ parentId }) => parentId === undefined).map(render),
    members: [],
    presences: [],
    threads: all.filter(({ parentId }) => parentId !== undefined).map(render),
    voice_states: [],
  };
}
