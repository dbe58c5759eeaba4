import type { BotPermissions } from '../../../simulators/discord/world/model.ts';

/** Languages that the bot speaks, by Discord's names. */
export type Locale = 'en-US' | 'zh-CN';

/** Who acts or looks: it travels with each request, so every browser tab is its own person. */
export interface Identity {
  readonly personId: string;
  readonly locale: Locale;
}

export type Rank = 'owner' | 'admin' | 'artist' | 'member';

/** Somebody one can be; everybody is a member of every guild. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly rank: Rank;
  readonly memberships: readonly {
    readonly guildId: string;
    readonly roleIds: readonly string[];
    /** Discord's bitset as a decimal text. */
    readonly permissions: string;
  }[];
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** The bot's permissions; people may see and write in every channel. */
  readonly bot: BotPermissions;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  /** Bytes per file, by the guild's boosts. */
  readonly uploadLimitBytes: number;
  readonly channels: readonly Channel[];
  /** Without `@everyone`. */
  readonly roles: readonly { readonly id: string; readonly name: string }[];
}

/** Where the bot's process stands. */
export interface BotState {
  /** `starting` until it says that it is ready; `stopped` also where it ended by itself. */
  readonly name: 'starting' | 'ready' | 'stopped';
  readonly pid?: number;
  /** How it ended: the exit code, or the signal that killed it. */
  readonly exit?: number | string;
}
