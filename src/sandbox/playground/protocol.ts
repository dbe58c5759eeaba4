import type { Command } from './protocol/commands.ts';
import type { Knobs } from './protocol/knobs.ts';
import type { ChannelMessage } from './protocol/messages.ts';
import type { Account, BotLine, DiscordRequest, Panel } from './protocol/panel.ts';
import type { MessageEdit, ProviderRequest, TaskView } from './protocol/panel.ts';
import type { BotState, Guild, Identity, Person } from './protocol/world.ts';

// What goes between the playground's page and its server: types alone, for both sides.
//
//   GET  /                  the page and its files
//   WS   /live?person=ID&locale=LOCALE
//                           `LiveFrame`s as JSON texts: a snapshot first, then what changes
//   POST /act               an `ActRequest`, answered with an `ActResult` (`protocol/actions.ts`)
//   POST /knobs             a `KnobTurn`, answered with a `KnobResult` (`protocol/knobs.ts`)
//   GET  /attachments/…, /ephemeral-attachments/…, /media/…
//                           the simulated CDN, ranges included
//
// Times are milliseconds since 1970. Those of Discord (messages, edits, requests to it) are virtual:
// `advance` moves them. Those of the bot and the providers (tasks, log, requests to providers) are real.

/** Everything that this person sees, and the whole side panel. */
export interface Snapshot {
  readonly you: Identity;
  readonly people: readonly Person[];
  /** The bot's user, who is no `Person`: nobody can be it. */
  readonly botUser: { readonly id: string; readonly name: string };
  readonly guilds: readonly Guild[];
  /** By guild: what Discord would offer this person there. */
  readonly commands: Readonly<Record<string, readonly Command[]>>;
  /** Of all channels, oldest first, at most the newest 200 of each; deleted ones are not there. */
  readonly messages: readonly ChannelMessage[];
  /** Virtual minus real time: what `advance` has added. */
  readonly aheadMs: number;
  readonly bot: BotState;
  readonly knobs: Knobs;
  readonly panel: Panel;
}

/** One frame from the server. `message`, `task` and requests replace what has the same id. */
export type LiveFrame =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  /** Posted or edited. */
  | { readonly kind: 'message'; readonly message: ChannelMessage }
  | { readonly kind: 'message-deleted'; readonly channelId: string; readonly messageId: string }
  /** This person really was notified, by a mention that Discord let through. */
  | { readonly kind: 'notification'; readonly channelId: string; readonly messageId: string }
  /** Channels' permissions changed. */
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
