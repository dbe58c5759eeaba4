import type { MediaStore } from '../app/ports/media-store-port.ts';
import type {
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { AcceptVideo } from '../app/accept/video-call.ts';
import type { AccountReader } from '../app/account-reader.ts';
import type { CancelVideo } from '../app/ports/cancel-port.ts';
import type { ChannelAudience } from '../app/ports/channel-audience-port.ts';
import type { ChooseModel } from '../app/choose-model.ts';
import type { MessageRemoval } from '../app/ports/message-removal-port.ts';
import type { ClickClaims } from '../app/ports/click-claims-port.ts';
import type { ConfirmationStore } from '../app/ports/confirmation-port.ts';
import type { FillIn } from '../app/fill-in.ts';
import type { DurationStore } from '../app/ports/duration-port.ts';
import type { RouteUse } from '../app/route-use.ts';
import type { HoldActions } from '../app/hold-actions.ts';
import type { HistoryStore } from '../app/ports/history-port.ts';
import type { JournalStore } from '../app/ports/journal-port.ts';
import type { NamedAssets } from '../app/ports/named-assets-port.ts';
import type { PersonalDataStore } from '../app/ports/personal-data-port.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { PreferencesStore } from '../app/ports/preferences-port.ts';
import type { Clock, Log, TaskStore } from '../app/ports/core.ts';
import type { BotMessages } from '../app/ports/bot-messages-port.ts';
import type { VideoActions } from '../app/second/video-actions.ts';
import type { FindClip, LastFrames } from '../app/ports/last-frames-port.ts';
import type { ReuseMedia } from '../app/ports/reuse-media-port.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import type { CommandAccess } from './access/command-access.ts';
import type { ComponentInteraction } from './component-interaction.ts';
import type { CommandInteraction } from './interaction.ts';
import type { MessageCommandInteraction } from './message-command-interaction.ts';
import type { ModalInteraction } from './modal-interaction.ts';
import type { Choice, Replies } from './replies.ts';
import type { Searches } from './history/searches.ts';
import type { ButtonFacts } from './render/task-buttons.ts';
import type { Served } from './served.ts';
import type { Reports } from './usage/reports.ts';
import type { GuildSettingsStore } from '../app/ports/guild-settings-port.ts';
import type { Notices } from '../app/ports/notice-port.ts';

/** A slash command called in a server that the bot serves. */
export type CommandCall = CommandInteraction & Served;
/** A slash command that is being typed there. */
export type TypingCall = CommandInteraction & Served & { readonly focused: string };
/** A command of the menu of a message, used there. */
export type MessageCommandCall = MessageCommandInteraction & Served;
/** A click on a button, or a choice in a select, there. */
export type ComponentCall = ComponentInteraction & Served;
/** A modal that was sent there. */
export type ModalCall = ModalInteraction & Served;

/** The services available to commands. */
export interface CommandServices {
  readonly routesOn: readonly Route[];
  /** Every route, on or off, for the names of past tasks' models. */
  readonly catalogue: Catalogue;
  /** How long videos usually take, from memory. */
  readonly durations: Pick<DurationStore, 'typical'>;
  readonly routeUse: Pick<RouteUse, 'of'>;
  readonly pauses: Pick<ProviderPauses, 'until'>;
  readonly acceptVideo: AcceptVideo;
  readonly chooseModel: ChooseModel;
  readonly fillIn: FillIn;
  readonly cancelVideo: CancelVideo;
  readonly confirmations: ConfirmationStore;
  readonly tasks: Pick<TaskStore, 'get'>;
  readonly clicks: Pick<ClickClaims, 'find'>;
  readonly videoActions: VideoActions;
  readonly botMessages: Pick<BotMessages, 'callerOf' | 'remove'>;
  readonly lastFrames: LastFrames;
  readonly findClip: FindClip;
  readonly guilds: GuildSettingsStore;
  readonly audience: ChannelAudience;
  readonly messageRemoval: MessageRemoval;
  readonly accounts: AccountReader;
  readonly journal: JournalStore;
  readonly history: HistoryStore;
  readonly searches: Searches;
  /** Which buttons a task's message can have. */
  readonly buttons: ButtonFacts;
  readonly holds: HoldActions;
  readonly notices: Notices;
  readonly namedAssets: NamedAssets;
  readonly personalData: PersonalDataStore;
  readonly preferences: PreferencesStore;
  /** The bot's copies of what members attached. */
  readonly media: Pick<MediaStore, 'find' | 'findAll' | 'delete'>;
  readonly reuseMedia: ReuseMedia;
  readonly reports: Reports;
  /** Days that a task is kept after it ended. */
  readonly retentionDays: number;
  /** `undefined` without a price list. */
  readonly priceList: PriceList | undefined;
  /** What admins restrict, for interactions that are no commands. */
  readonly commandAccess: CommandAccess;
  readonly replies: Replies;
  readonly log: Log;
  readonly clock: Clock;
}

/** The definition of a slash command. */
export type SlashDefinition = RESTPostAPIChatInputApplicationCommandsJSONBody;
/** The definition of a command of the menu of messages. */
type MenuDefinition = RESTPostAPIContextMenuApplicationCommandsJSONBody;
export type CommandDefinition = SlashDefinition | MenuDefinition;

/** A slash command: its definition for registration, and its handler. */
export interface Command {
  readonly name: string;
  /** `catalogue`: what texts say of routes and providers, whether they are on or not. */
  readonly define: (catalogue: Catalogue) => SlashDefinition;
  readonly run: (call: CommandCall, services: CommandServices) => Promise<void>;
  /**
   * Suggests values for the option that is being typed, at most 25. Synchronous, because it must
   * come from memory: Discord waits 3 s, and calls with every letter.
   */
  readonly suggest?: (call: TypingCall, services: CommandServices) => readonly Choice[];
}

/** A command of the menu of a message. */
export interface MessageCommand {
  readonly name: string;
  readonly define: () => MenuDefinition;
  readonly run: (call: MessageCommandCall, services: CommandServices) => Promise<void>;
}

/** What handles interactions whose custom id is `action:id`. */
interface ByCustomId<Call> {
  /** The part of the custom id before the colon. */
  readonly action: string;
  /**
   * Members need the permission to use this command, or all of these, too. Discord checks what
   * admins restrict for commands alone, so the bot checks it for everything else.
   */
  readonly asCommand?: string | readonly string[];
  /** `id`: the part after the colon; from outside, so it may be anything. */
  readonly run: (call: Call, id: string, services: CommandServices) => Promise<void>;
}

/** Handles a button or a select. */
export type ComponentHandler = ByCustomId<ComponentCall>;
/** Handles a modal that was sent. */
export type ModalHandler = ByCustomId<ModalCall>;

/** Everything that the bot answers. */
export interface Handlers {
  readonly commands: readonly Command[];
  readonly messageCommands: readonly MessageCommand[];
  readonly components: readonly ComponentHandler[];
  readonly modals: readonly ModalHandler[];
}
