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
import type { Reports } from './usage/reports.ts';
import type { GuildSettingsStore } from '../app/ports/guild-settings-port.ts';
import type { Notices } from '../app/ports/notice-port.ts';

/** Context of an interaction in a server that the bot serves. */
interface Served {
  readonly guildId: string;
  readonly channelId: string;
  readonly member: NonNullable<CommandInteraction['member']>;
  /** The caller's language. */
  readonly language: Language;
  /** When it arrived, in milliseconds. */
  readonly receivedAt: number;
  /** The same on the monotonic clock. */
  readonly receivedElapsed?: number;
}

/** A slash command called in a server that the bot serves. */
export type CommandCall = CommandInteraction & Served;
/** A click in such a server. */
export type ButtonCall = ComponentInteraction & Served;

/** The services available to commands. */
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
  readonly reports: Reports;
  /** Days that a task is kept after it ended. */
  readonly retentionDays: number;
  /** `undefined` without a price list. */
  readonly priceList: PriceList | undefined;
  readonly replies: Replies;
  readonly clock: Clock;
}

export type CommandDefinition = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** A slash command: its definition for registration, and its handler. */
export interface Command {
  readonly name: string;
  /** `catalogue`: what texts say of routes and providers, whether they are on or not. */
  readonly define: (routesOn: readonly Route[], catalogue: Catalogue) => CommandDefinition;
  readonly run: (call: CommandCall, services: CommandServices) => Promise<void>;
}

/**
 * Handles buttons whose custom id starts with `prefix` and a colon. The rest of the id is the
 * argument.
 */
export interface ButtonHandler {
  readonly prefix: string;
  readonly run: (call: ButtonCall, argument: string, services: CommandServices) => Promise<void>;
}
