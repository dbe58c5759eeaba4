import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { AcceptVideo } from '../app/accept/video-call.ts';
import type { AccountReader } from '../app/account-reader.ts';
import type { CancelVideo } from '../app/ports/cancel-port.ts';
import type { ConfirmationStore } from '../app/ports/confirmation-port.ts';
import type { HoldActions } from '../app/hold-actions.ts';
import type { JournalStore } from '../app/ports/journal-port.ts';
import type { PersonalDataStore } from '../app/ports/personal-data-port.ts';
import type { Clock } from '../app/ports/core.ts';
import type { Language } from '../domain/language.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import type { CommandInteraction, ComponentInteraction } from './interaction.ts';
import type { Replies } from './replies.ts';
import type { GuildSettingsStore } from '../app/ports/guild-settings-port.ts';
import type { Notices } from '../app/ports/notice-port.ts';

/** An interaction in a server that the bot serves, with what follows from it. */
interface Served {
  readonly guildId: string;
  readonly channelId: string;
  readonly member: NonNullable<CommandInteraction['member']>;
  /** The caller's language. */
  readonly language: Language;
  /** When it arrived, in milliseconds. */
  readonly receivedAt: number;
  /** The same by the clock that never goes back. */
  readonly receivedElapsed?: number;
}

/** A slash command called in a server that the bot serves. */
export type CommandCall = CommandInteraction & Served;
/** A click in such a server. */
export type ButtonCall = ComponentInteraction & Served;

/** What commands may use. */
export interface CommandServices {
  readonly routesOn: readonly Route[];
  readonly acceptVideo: AcceptVideo;
  readonly cancelVideo: CancelVideo;
  readonly confirmations: ConfirmationStore;
  readonly guilds: GuildSettingsStore;
  readonly accounts: AccountReader;
  readonly journal: JournalStore;
  readonly holds: HoldActions;
  readonly notices: Notices;
  readonly personalData: PersonalDataStore;
  /** How long tasks are kept after they end. */
  readonly retentionDays: number;
  /** Undefined: no price is known. */
  readonly priceList: PriceList | undefined;
  readonly replies: Replies;
  readonly clock: Clock;
}

export type CommandDefinition = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** One slash command: how it is registered, and what it does. */
export interface Command {
  readonly name: string;
  /** `catalogue`: what texts say of routes and providers, whether they are on or not. */
  readonly define: (routesOn: readonly Route[], catalogue: Catalogue) => CommandDefinition;
  readonly run: (call: CommandCall, services: CommandServices) => Promise<void>;
}

/** Buttons whose custom id begins with `prefix` and a colon; what follows is the argument. */
export interface ButtonHandler {
  readonly prefix: string;
  readonly run: (call: ButtonCall, argument: string, services: CommandServices) => Promise<void>;
}
