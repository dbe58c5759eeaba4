import type { Channel, Guild } from './model.ts';
import { EVERYONE_PERMISSIONS, PERMISSION, botOverwrite } from './permissions.ts';

const OWNER_ID = '100000000000000009';
const MEMBER_OVERWRITE = 1;
const ROLE_OVERWRITE = 0;
export const GUILD_TEXT = 0;
export const PUBLIC_THREAD = 11;

/** Renders a guild as `GET /guilds/:id` does; features that are not simulated are off or empty. */
export function renderGuild(guild: Guild): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: OWNER_ID,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: renderRoles(guild),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** Renders the roles. The role with the guild's id is @everyone; the others grant nothing. */
export function renderRoles(guild: Guild): Record<string, unknown>[] {
  return [...guild.roles.values()].map(({ id, name }, position) => ({
    id,
    name,
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    permissions: String(id === guild.id ? EVERYONE_PERMISSIONS : 0n),
    flags: 0,
  }));
}

function overwritesOf(channel: Channel, botId: string): Record<string, unknown>[] {
  const { allow, deny } = botOverwrite(channel);
  const own = { id: botId, type: MEMBER_OVERWRITE, allow: String(allow), deny: String(deny) };
  const hidden = String(PERMISSION.viewChannel);
  return channel.isPrivate
    ? [{ id: channel.guildId, type: ROLE_OVERWRITE, allow: '0', deny: hidden }, own]
    : [own];
}

function threadFields({ archived }: Channel): Record<string, unknown> {
  return {
    owner_id: OWNER_ID,
    last_message_id: null,
    rate_limit_per_user: 0,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived,
      archive_timestamp: new Date(0).toISOString(),
      auto_archive_duration: 1440,
      locked: false,
    },
  };
}

/** Renders a channel as `GET /channels/:id` does, with the overwrites; a thread has none. */
export function renderChannel(channel: Channel, botId: string): Record<string, unknown> {
  const { id, guildId, name, nsfw, parentId } = channel;
  const common = { id, guild_id: guildId, name, flags: 0 };
  return parentId === undefined
    ? {
        ...common,
        type: GUILD_TEXT,
        nsfw,
        position: 0,
        parent_id: null,
        permission_overwrites: overwritesOf(channel, botId),
      }
    : { ...common, type: PUBLIC_THREAD, parent_id: parentId, ...threadFields(channel) };
}
