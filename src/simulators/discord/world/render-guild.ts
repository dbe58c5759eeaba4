import type { Channel, Guild } from './model.ts';
import { EVERYONE_PERMISSIONS, botOverwrite } from './permissions.ts';

const OWNER_ID = '100000000000000009';
const MEMBER_OVERWRITE = 1;
const GUILD_TEXT = 0;

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

/** Renders a text channel as `GET /channels/:id` does, with the bot's permission overwrite. */
export function renderChannel(channel: Channel, botId: string): Record<string, unknown> {
  const { id, guildId, name, nsfw } = channel;
  const { allow, deny } = botOverwrite(channel);
  return {
    id,
    type: GUILD_TEXT,
    guild_id: guildId,
    name,
    nsfw,
    position: 0,
    flags: 0,
    parent_id: null,
    permission_overwrites: [
      { id: botId, type: MEMBER_OVERWRITE, allow: String(allow), deny: String(deny) },
    ],
  };
}
