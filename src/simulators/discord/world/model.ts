/** The bot's permissions in a channel. */
export interface BotPermissions {
  readonly view: boolean;
  readonly send: boolean;
  readonly attach: boolean;
  readonly embed: boolean;
  readonly history: boolean;
  readonly manageMessages: boolean;
  readonly mentionEveryone: boolean;
}

export interface ChannelOptions {
  readonly id?: string;
  readonly name: string;
  readonly nsfw?: boolean;
  /** For a thread: the channel that it is in. */
  readonly parentId?: string;
  /** Hidden from @everyone by an overwrite. */
  readonly isPrivate?: boolean;
  /** Permissions not listed are granted, except managing messages. */
  readonly bot?: Partial<BotPermissions>;
}

export interface RoleOptions {
  readonly id?: string;
  readonly name: string;
}

export interface GuildOptions {
  readonly id?: string;
  readonly name?: string;
  readonly locale?: string;
  /** Bytes per file that the guild's boosts allow; only has an effect above the default. */
  readonly attachmentSizeLimit?: number;
  /** Default: true. */
  readonly botIsMember?: boolean;
  readonly channels?: readonly ChannelOptions[];
  readonly roles?: readonly RoleOptions[];
}

export interface Role {
  readonly id: string;
  readonly name: string;
}

export interface Channel {
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  readonly nsfw: boolean;
  /** The channel of a thread; `undefined` for a channel. */
  readonly parentId: string | undefined;
  isPrivate: boolean;
  archived: boolean;
  bot: BotPermissions;
}

export interface User {
  readonly id: string;
  readonly username: string;
  readonly bot: boolean;
}

export interface Member {
  readonly user: User;
  readonly guildId: string;
  roles: readonly string[];
  permissions: bigint;
  locale: string;
  /** Bytes per file that the member's Nitro allows; 0 without Nitro. */
  attachmentSizeLimit: number;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  attachmentSizeLimit: number;
  botIsMember: boolean;
  readonly channels: Map<string, Channel>;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}

export interface Application {
  readonly id: string;
  readonly botUserId: string;
  readonly token: string;
  readonly name: string;
  /** 64 hex digits: signs what is sent to the endpoint. */
  readonly publicKey: string;
  /** Where interactions are sent by HTTP; `undefined` while they go over the gateway. */
  interactionsEndpointUrl: string | undefined;
}
