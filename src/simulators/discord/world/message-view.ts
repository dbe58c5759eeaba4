/** One file of a message as a reader sees it. */
interface AttachmentView {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  readonly description: string | undefined;
  /** A freshly signed address on the simulated CDN. */
  readonly url: string;
  /** False for a file that a V2 message carries but none of its components shows. */
  readonly shown: boolean;
}

export interface ButtonView {
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly label: string;
  readonly disabled: boolean;
}

/** Who made a version: an interaction callback, the interaction's webhook, or the channel route. */
export type Via = 'callback' | 'webhook' | 'channel' | 'member';

/** One version of a message. */
export interface MessageView {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly interactionId: string | undefined;
  readonly content: string;
  readonly embeds: readonly Record<string, unknown>[];
  readonly components: readonly Record<string, unknown>[];
  readonly attachments: readonly AttachmentView[];
  /** Everything a reader can read: content, embeds, text displays, labels of buttons and menus. */
  readonly text: string;
  readonly buttons: readonly ButtonView[];
  readonly flags: number;
  readonly ephemeral: boolean;
  /** True while it only says that the app is thinking. */
  readonly loading: boolean;
  readonly deleted: boolean;
  /** Id of the message it replies to. */
  readonly repliesTo: string | undefined;
  readonly via: Via;
  /** Virtual milliseconds: when the message was posted, and when this version was made. */
  readonly createdAt: number;
  readonly at: number;
}

/** What a reader's client shows around the versions of a message. */
export interface MessageFacts {
  readonly guildId: string | undefined;
  /** The one person who sees it, for an ephemeral message. */
  readonly ephemeralFor: string | undefined;
  /** The command that it answers, with its sub-command (`quota set`), and who gave it. */
  readonly command: { readonly name: string; readonly userId: string } | undefined;
  /** Virtual milliseconds; undefined while no reader sees it as edited. */
  readonly editedAt: number | undefined;
  readonly mentionedUsers: readonly string[];
  readonly mentionedRoles: readonly string[];
}

/** Somebody really was notified: edits never do this, and `allowed_mentions` decides. */
export interface Notification {
  readonly messageId: string;
  readonly channelId: string;
  readonly kind: 'user' | 'role' | 'everyone';
  /** User or role id; the guild's for everyone. */
  readonly id: string;
  /** Virtual milliseconds. */
  readonly at: number;
}
