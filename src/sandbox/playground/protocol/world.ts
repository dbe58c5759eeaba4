import type { CommandPermission } from '../../../simulators/discord/world/command-permissions.ts';
import type { BotPermissions } from '../../../simulators/discord/world/model.ts';

/** The bot's languages, by Discord's locale names. */
export type Locale = 'en-US' | 'zh-CN';

/** The person and language of a request. Each request carries one, so each tab is its own person. */
export interface Identity {
  readonly personId: string;
  readonly locale: Locale;
}

/** What a person may do in every guild. */
export type Rank = 'owner' | 'admin' | 'artist' | 'member';

/** A person that a tab can act as; each is a member of every guild. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly rank: Rank;
  readonly memberships: readonly {
    readonly guildId: string;
    readonly roleIds: readonly string[];
    /** Discord's permission bitset as a decimal string. */
    readonly permissions: string;
  }[];
}

/** A text channel. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  /** The bot's permissions; people can read and write in every channel. */
  readonly bot: BotPermissions;
}

/** An override of a command: of a role (1), a user (2) or a channel (3). */
export type CommandOverride = CommandPermission;

/** A Discord server. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  /** Bytes per file, which depends on the guild's boosts. */
  readonly uploadLimitBytes: number;
  readonly channels: readonly Channel[];
  /** The names of the commands that the bot has registered here. */
  readonly commandNames: readonly string[];
  /** Who may use a command, by its name; by the empty name who may use those without an entry. */
  readonly commandOverrides: Readonly<Record<string, readonly CommandOverride[]>>;
  /** Without `@everyone`. */
  readonly roles: readonly { readonly id: string; readonly name: string }[];
}

/** The state of the bot's process. */
export interface BotState {
  /** `starting` until the bot reports that it is ready; `stopped` also after a crash. */
  readonly name: 'starting' | 'ready' | 'stopped';
  readonly pid?: number;
  /** The exit code, or the name of the signal that killed it. */
  readonly exit?: number | string;
}
