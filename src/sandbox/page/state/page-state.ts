import type { ApiObject } from '../../playground/protocol/messages.ts';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Identity } from '../../playground/protocol/world.ts';
import type { Composer } from '../composer/composer.ts';

/** Everything that the page shows, in one value; views are functions of it. */
export interface PageState {
  readonly link: 'connecting' | 'live' | 'lost';
  /** Who this tab is; the address bar has the same. */
  readonly you: Partial<Identity>;
  readonly snapshot: Snapshot | undefined;
  readonly location: ChannelLocation | undefined;
  /** Channels with something new, and whether it named this person. */
  readonly unread: ReadonlyMap<string, 'new' | 'mention'>;
  readonly composer: Composer;
  /** Something to say to who writes; goes with the next change of the text. */
  readonly composerNote: string | undefined;
  /** Interactions that were sent and that no message answers yet. */
  readonly sent: readonly SentCall[];
  /** Files are held over the page. */
  readonly isDragging: boolean;
  /** Ephemeral messages that the person closed. */
  readonly dismissed: ReadonlySet<string>;
  readonly modal: OpenModal | undefined;
  /** The message whose menu is open. */
  readonly menuOf: string | undefined;
  readonly drawer: Drawer;
  readonly panelTab: PanelTab;
  /** Only the edits of this message are shown. */
  readonly editsOf: string | undefined;
  /** Why the last turn of a knob was not taken. */
  readonly knobFault: string | undefined;
  /** Real milliseconds since 1970; moves once a second. */
  readonly realNow: number;
  readonly isLight: boolean;
  /** Up to this width the side columns are drawers. */
  readonly width: 'wide' | 'middle' | 'narrow';
}

export interface ChannelLocation {
  readonly guildId: string;
  readonly channelId: string;
}

/** Which side column is open where there is no room for all. */
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

/** A command or click on its way, shown where its answer will be. */
export interface SentCall {
  readonly key: string;
  readonly channelId: string;
  /** `/video`, or undefined for clicks, which Discord does not show. */
  readonly command: string | undefined;
  readonly state: 'sending' | 'failed' | 'refused';
  /** What the client refused. */
  readonly reason?: string;
}

export interface OpenModal {
  readonly interactionId: string;
  readonly modal: ApiObject;
  readonly fault: string | undefined;
}

/** A pure change of the state. */
export type Step = (state: PageState) => PageState;
