/** A JSON object of Discord's API: https://docs.discord.com/developers/resources/message */
export type ApiObject = Readonly<Record<string, unknown>>;

interface Attachment {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  readonly description?: string;
  /** A path on the page's origin. */
  readonly url: string;
}

/** What a message shows. */
export interface MessageContent {
  /** Markdown. */
  readonly content: string;
  /** Addresses of the simulated CDN are paths on the page's origin, as in `components`. */
  readonly embeds: readonly ApiObject[];
  readonly components: readonly ApiObject[];
  /** The files to show below the text; none with Components V2, where components show them. */
  readonly attachments: readonly Attachment[];
  /** Discord's bitset; 32768 is Components V2. */
  readonly flags: number;
}

/** The snapshot in a forward. */
export interface ForwardedContent extends MessageContent {
  /** Where the original is, or was. */
  readonly channelId: string;
  readonly messageId: string;
  readonly createdAt: number;
}

/** A message as one person sees it. */
export interface ChannelMessage extends MessageContent {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Of a forward, which has no content of its own. */
  readonly forwarded?: ForwardedContent;
  /** Only this person sees it. */
  readonly isEphemeral: boolean;
  /** A deferred response without content yet. */
  readonly isThinking: boolean;
  readonly createdAt: number;
  readonly editedAt?: number;
  /** The command that it answers as it is shown (`/quota set`, `Animate`), and who used it. */
  readonly command?: { readonly label: string; readonly personId: string };
  /** The id of the message it replies to, which may be deleted. */
  readonly repliesTo?: string;
  /** The people it mentions, notified or not. */
  readonly mentionsUserIds: readonly string[];
  readonly mentionsRoleIds: readonly string[];
}
