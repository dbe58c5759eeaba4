/** A file of a message as a reader sees it. */
interface AttachmentView {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  readonly description: string | undefined;
  /** A currently valid address on the simulated CDN. */
  readonly url: string;
  /** False for a file of a V2 message that none of its components shows. */
  readonly shown: boolean;
}

export interface ButtonView {
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly label: string;
  readonly disabled: boolean;
}

/** What made a version: an interaction callback or webhook, the channel route, or a member. */
export type Via = 'callback' | 'webhook' | 'channel' | 'member';

/** What a message, or the snapshot in a forward, shows. */
export interface ContentView {
  readonly content: string;
  readonly embeds: readonly Record<string, unknown>[];
  readonly components: readonly Record<string, unknown>[];
  readonly attachments: readonly AttachmentView[];
  /** All visible text: content, embeds, text displays, labels of buttons and menus. */
  readonly text: string;
  readonly buttons: readonly ButtonView[];
  readonly flags: number;
}

/** The snapshot in a forward, and where the original is or was. */
export interface ForwardView extends ContentView {
  readonly messageId: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  /** Virtual milliseconds, of the original. */
  readonly createdAt: number;
}

/** A version of a message as a reader sees it. A forward's `text` is that of its snapshot. */
export interface MessageView extends ContentView {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly interactionId: string | undefined;
  readonly ephemeral: boolean;
  /** True while it only shows that the app is thinking. */
  readonly loading: boolean;
  readonly deleted: boolean;
  /** The id of the message that it replies to. */
  readonly repliesTo: string | undefined;
  readonly forwarded: ForwardView | undefined;
  readonly via: Via;
  /** Virtual milliseconds: of the post, and of this version. */
  readonly createdAt: number;
  readonly at: number;
}

/** A command that a message responds to. */
export interface UsedCommand {
  /** Discord's type: 1 slash command, 2 user command, 3 message command. */
  readonly type: number;
  /** With sub-command: `quota set`. */
  readonly name: string;
  readonly userId: string;
}

/** What a client shows around a message, the same for all its versions. */
export interface MessageFacts {
  readonly guildId: string | undefined;
  /** The only user who sees an ephemeral message. */
  readonly ephemeralFor: string | undefined;
  /** The command that it responds to, and who used it. */
  readonly command: UsedCommand | undefined;
  /** Virtual milliseconds; `undefined` while the message is not shown as edited. */
  readonly editedAt: number | undefined;
  readonly mentionedUsers: readonly string[];
  readonly mentionedRoles: readonly string[];
}

/** A notification of a user, a role or everyone. `allowed_mentions` applies; edits never notify. */
export interface Notification {
  readonly messageId: string;
  readonly channelId: string;
  readonly kind: 'user' | 'role' | 'everyone';
  /** The id of the user or role, or the guild's for everyone. */
  readonly id: string;
  /** Virtual milliseconds. */
  readonly at: number;
}
