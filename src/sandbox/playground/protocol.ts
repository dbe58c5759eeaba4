import type { Command } from './protocol/commands.ts';
import type { Knobs } from './protocol/knobs.ts';
import type { ChannelMessage } from './protocol/messages.ts';
import type { Account, BotLine, DiscordRequest, Panel } from './protocol/panel.ts';
import type { MessageEdit, ProviderRequest, TaskView } from './protocol/panel.ts';
import type { BotState, Guild, Identity, Person } from './protocol/world.ts';

// The protocol between the playground's page and its server. Only types, imported by both sides.
//
//   GET  /                  the page and its files
//   WS   /live?person=ID&locale=LOCALE
//                           `LiveFrame`s as JSON texts: a snapshot first, then changes
//   POST /act               an `ActRequest`, answered with an `ActResult` (`protocol/actions.ts`)
//   POST /knobs             a `KnobTurn`, answered with a `KnobResult` (`protocol/knobs.ts`)
//   GET  /attachments/…, /ephemeral-attachments/…, /media/…
//                           the simulated CDN, ranges included
//
// Times are in milliseconds since 1970. Discord's times (messages, edits, requests to it) are virtual:
// `advance` moves them. Times of the bot and providers (tasks, log, requests to providers) are real.

/** Everything this person can see, and the side panel. */
export interface Snapshot {
  readonly you: Identity;
  readonly people: readonly Person[];
  /** The bot's user. It is no `Person`, because a tab cannot act as the bot. */
  readonly botUser: { readonly id: string; readonly name: string };
  readonly guilds: readonly Guild[];
  /** The commands that Discord would offer this person, by channel id. */
  readonly commands: Readonly<Record<string, readonly Command[]>>;
  /** Messages of all channels, oldest first: the newest 200 of each, without deleted ones. */
  readonly messages: readonly ChannelMessage[];
  /** Virtual minus real time, as added by `advance`. */
  readonly aheadMs: number;
  readonly bot: BotState;
  readonly knobs: Knobs;
  readonly panel: Panel;
}

/** One frame from the server. Messages, tasks and requests replace an earlier one of the same id. */
export type LiveFrame =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  /** Posted or edited. */
  | { readonly kind: 'message'; readonly message: ChannelMessage }
  | { readonly kind: 'message-deleted'; readonly channelId: string; readonly messageId: string }
  /** Discord notified this person because of a mention. */
  | { readonly kind: 'notification'; readonly channelId: string; readonly messageId: string }
  /** The permissions of a channel changed. */
  | { readonly kind: 'guilds'; readonly guilds: readonly Guild[] }
  | {
      readonly kind: 'commands';
      readonly commands: Readonly<Record<string, readonly Command[]>>;
    }
  | { readonly kind: 'clock'; readonly aheadMs: number }
  | { readonly kind: 'bot'; readonly bot: BotState }
  | { readonly kind: 'knobs'; readonly knobs: Knobs }
  | { readonly kind: 'provider-request'; readonly request: ProviderRequest }
  | { readonly kind: 'discord-request'; readonly request: DiscordRequest }
  | { readonly kind: 'task'; readonly task: TaskView }
  | { readonly kind: 'accounts'; readonly accounts: readonly Account[] }
  | { readonly kind: 'edit'; readonly edit: MessageEdit }
  | { readonly kind: 'line'; readonly line: BotLine };
