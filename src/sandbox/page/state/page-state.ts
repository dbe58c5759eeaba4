import type { ApiObject } from '../../playground/protocol/messages.ts';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Identity } from '../../playground/protocol/world.ts';
import type { Composer } from '../composer/composer.ts';

/** The complete state of the page; views are functions of it. */
export interface PageState {
  readonly link: 'connecting' | 'live' | 'lost';
  /** The tab's person and language, as in the address bar. */
  readonly you: Partial<Identity>;
  readonly snapshot: Snapshot | undefined;
  readonly location: ChannelLocation | undefined;
  /** Channels with new messages, and whether one mentioned this person. */
  readonly unread: ReadonlyMap<string, 'new' | 'mention'>;
  readonly composer: Composer;
  /** Counts the times that the composer was asked to take the focus. */
  readonly wantsFocus: number;
  /** A note above the composer; the next change of the draft clears it. */
  readonly composerNote: string | undefined;
  /** Sent interactions that no message has answered yet. */
  readonly sent: readonly SentCall[];
  /** Whether files are being dragged over the page. */
  readonly isDragging: boolean;
  /** Ids of dismissed ephemeral messages. */
  readonly dismissed: ReadonlySet<string>;
  /** The message that a link led to; a new object for each time. */
  readonly shownMessage: { readonly messageId: string } | undefined;
  readonly modal: OpenModal | undefined;
  /** The message whose menu is open, and where in the window. */
  readonly messageMenu: MessageMenu | undefined;
  readonly drawer: Drawer;
  readonly panelTab: PanelTab;
  /** How far each tab that is not open was scrolled, in pixels. */
  readonly panelScrolls: Readonly<Partial<Record<PanelTab, number>>>;
  /** The command whose permissions the knobs show; empty for every command. */
  readonly knobCommand: string;
  /** The id of the only message whose edits are shown; `undefined` shows all. */
  readonly editsMessageId: string | undefined;
  /** Why the last knob turn was refused. */
  readonly knobError: string | undefined;
  /** Real time in milliseconds since 1970, updated once a second. */
  readonly realNow: number;
  readonly isLight: boolean;
  /** `middle` shows the panel as a drawer, `narrow` the sidebar too. */
  readonly width: 'wide' | 'middle' | 'narrow';
}

/** A channel of a guild. */
export interface ChannelLocation {
  readonly guildId: string;
  readonly channelId: string;
}

/** The open side column on pages too narrow for all. */
export type Drawer = 'none' | 'sidebar' | 'panel';

export const PANEL_TABS = [
  'tasks',
  'knobs',
  'provider',
  'discord',
  'edits',
  'accounts',
  'log',
] as const;
export type PanelTab = (typeof PANEL_TABS)[number];

/** A command or click being sent, shown at the end of the channel. */
export interface SentCall {
  readonly key: string;
  readonly channelId: string;
  /** Such as `/video`; `undefined` for clicks, which Discord does not show. */
  readonly command: string | undefined;
  readonly state: 'sending' | 'failed' | 'refused';
  /** Why the client refused to send it. */
  readonly reason?: string;
}

/** The open menu of a message, in pixels from the top left of the window. */
interface MessageMenu {
  readonly messageId: string;
  readonly x: number;
  readonly y: number;
}

/** The modal that the bot opened. */
export interface OpenModal {
  readonly interactionId: string;
  readonly modal: ApiObject;
  /** Whether it has been sent and not answered. */
  readonly isSending: boolean;
  readonly error: string | undefined;
}

/** A pure function from the current state to the next. */
export type Updater = (state: PageState) => PageState;
