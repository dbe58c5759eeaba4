import type { Member, User } from './model.ts';

/** Renders a user as the API does. */
export function renderUser(user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.username,
    avatar: null,
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

const JOINED_AT = '2024-01-01T00:00:00.000000+00:00';

/** Renders a member without user and permissions. */
export function renderBareMember(member: Member): Record<string, unknown> {
  return {
    roles: [...member.roles],
    nick: null,
    avatar: null,
    banner: null,
    premium_since: null,
    joined_at: JOINED_AT,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
    unusual_dm_activity_until: null,
  };
}

/** Renders a member as interactions contain it. */
export function renderMember(member: Member): Record<string, unknown> {
  return {
    ...renderBareMember(member),
    deaf: false,
    mute: false,
    user: renderUser(member.user),
    permissions: String(member.permissions),
  };
}
