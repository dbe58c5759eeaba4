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
  /** A note above the composer; the next change of the draft clears it. */
  readonly composerNote: string | undefined;
  /** Sent interactions that no message has answered yet. */
  readonly sent: readonly SentCall[];
  /** Whether files are being dragged over the page. */
  readonly isDragging: boolean;
  /** Ids of dismissed ephemeral messages. */
  readonly dismissed: ReadonlySet<string>;
  readonly modal: OpenModal | undefined;
  /** The id of the message whose menu is open. */
  readonly menuMessageId: string | undefined;
  readonly drawer: Drawer;
  readonly panelTab: PanelTab;
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

/** The modal that the bot opened. */
export interface OpenModal {
  readonly interactionId: string;
  readonly modal: ApiObject;
  readonly error: string | undefined;
}

/** A pure function from the current state to the next. */
export type Updater = (state: PageState) => PageState;
