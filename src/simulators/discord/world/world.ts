import { LIMITS } from '../limits.ts';
import type {
  Application,
  BotPermissions,
  Channel,
  ChannelOptions,
  Guild,
  GuildOptions,
  Member,
  Role,
  RoleOptions,
  User,
} from './model.ts';

const DEFAULT_BOT_PERMISSIONS: BotPermissions = {
  view: true,
  send: true,
  attach: true,
  embed: true,
  history: true,
  manageMessages: false,
  mentionEveryone: true,
};

const DEFAULT_GUILD: GuildOptions = {
  id: '120000000000000001',
  name: 'Sandbox',
  channels: [
    { id: '130000000000000001', name: 'general' },
    { id: '130000000000000002', name: 'hidden', bot: { view: false } },
  ],
};

/** The guilds, channels, roles and members; tests may change them while the bot runs. */
export interface World {
  readonly application: Application;
  readonly bot: User;
  guilds(): Guild[];
  guild(id: string): Guild | undefined;
  channel(id: string): Channel | undefined;
  user(id: string): User | undefined;
  addGuild(options: GuildOptions): Guild;
  addChannel(guildId: string, options: ChannelOptions): Channel;
  addRole(guildId: string, options: RoleOptions): Role;
  putMember(member: Member): void;
  setBotPermissions(channelId: string, permissions: Partial<BotPermissions>): void;
  /** Deletes a channel; routes that need it can no longer reach its messages. */
  deleteChannel(channelId: string): void;
  /** Removes the bot from a guild (false) or adds it (true). */
  setBotMembership(guildId: string, isMember: boolean): void;
  /** Returns the bytes per file that the bot may upload in the guild's channels. */
  guildAttachmentLimit(guildId: string | undefined): number;
}

export interface WorldOptions {
  readonly application: Application;
  readonly guilds: readonly GuildOptions[] | undefined;
  readonly defaultAttachmentSizeLimit: number | undefined;
  readonly newId: () => string;
}

function requireGuild(guilds: ReadonlyMap<string, Guild>, id: string): Guild {
  const guild = guilds.get(id);
  if (guild === undefined) {
    throw new Error(`there is no guild ${id}`);
  }
  return guild;
}

interface GuildStore {
  readonly guilds: ReadonlyMap<string, Guild>;
  readonly channels: Map<string, Channel>;
  addGuild(options: GuildOptions): Guild;
  addChannel(guildId: string, options: ChannelOptions): Channel;
  addRole(guildId: string, options: RoleOptions): Role;
}

function createGuildStore(newId: () => string, defaultLimit: number): GuildStore {
  const guilds = new Map<string, Guild>();
  const channels = new Map<string, Channel>();

  function addChannel(guildId: string, given: ChannelOptions): Channel {
    const channel: Channel = {
      id: given.id ?? newId(),
      guildId,
      name: given.name,
      nsfw: given.nsfw ?? false,
      parentId: given.parentId,
      isPrivate: given.isPrivate ?? false,
      archived: false,
      bot: { ...DEFAULT_BOT_PERMISSIONS, ...given.bot },
    };
    channels.set(channel.id, channel);
    requireGuild(guilds, guildId).channels.set(channel.id, channel);
    return channel;
  }

  function addRole(guildId: string, given: RoleOptions): Role {
    const role = { id: given.id ?? newId(), name: given.name };
    requireGuild(guilds, guildId).roles.set(role.id, role);
    return role;
  }

  function addGuild(given: GuildOptions): Guild {
    const guild: Guild = {
      id: given.id ?? newId(),
      name: given.name ?? 'A guild',
      locale: given.locale ?? 'en-US',
      attachmentSizeLimit: given.attachmentSizeLimit ?? defaultLimit,
      botIsMember: given.botIsMember ?? true,
      channels: new Map(),
      roles: new Map(),
      members: new Map(),
    };
    guilds.set(guild.id, guild);
    addRole(guild.id, { id: guild.id, name: '@everyone' });
    given.roles?.forEach((role) => addRole(guild.id, role));
    given.channels?.forEach((channel) => addChannel(guild.id, channel));
    return guild;
  }

  return { guilds, channels, addGuild, addChannel, addRole };
}

export function createWorld(options: WorldOptions): World {
  const { application } = options;
  const defaultLimit = options.defaultAttachmentSizeLimit ?? LIMITS.attachmentBytes;
  const { guilds, channels, ...adding } = createGuildStore(options.newId, defaultLimit);
  const bot: User = { id: application.botUserId, username: application.name, bot: true };
  const users = new Map([[bot.id, bot]]);
  (options.guilds ?? [DEFAULT_GUILD]).forEach((guild) => adding.addGuild(guild));
  return {
    application,
    bot,
    ...adding,
    guilds: () => [...guilds.values()],
    guild: (id) => guilds.get(id),
    channel: (id) => channels.get(id),
    user: (id) => users.get(id),
    putMember(member) {
      users.set(member.user.id, member.user);
      requireGuild(guilds, member.guildId).members.set(member.user.id, member);
    },
    setBotPermissions(channelId, permissions) {
      const channel = channels.get(channelId);
      if (channel !== undefined) {
        channel.bot = { ...channel.bot, ...permissions };
      }
    },
    deleteChannel(channelId) {
      const channel = channels.get(channelId);
      channels.delete(channelId);
      guilds.get(channel?.guildId ?? '')?.channels.delete(channelId);
    },
    setBotMembership(guildId, isMember) {
      requireGuild(guilds, guildId).botIsMember = isMember;
    },
    guildAttachmentLimit: (guildId) =>
      Math.max(defaultLimit, guilds.get(guildId ?? '')?.attachmentSizeLimit ?? 0),
  };
}
