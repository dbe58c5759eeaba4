/** JSON as Discord's API documents it: https://docs.discord.com/developers/resources/message */
export type ApiObject = Readonly<Record<string, unknown>>;

interface Attachment {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  readonly description?: string;
  /** A path on the page's own origin. */
  readonly url: string;
}

/** A message as one person sees it now. */
export interface ChannelMessage {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Markdown. */
  readonly content: string;
  /** Addresses of the simulated CDN are paths on the page's own origin, here and below. */
  readonly embeds: readonly ApiObject[];
  readonly components: readonly ApiObject[];
  /** Those to show below the text; with Components V2 only components show files. */
  readonly attachments: readonly Attachment[];
  /** Discord's bitset; 32768 is Components V2. */
  readonly flags: number;
  /** Only the reader sees it. */
  readonly isEphemeral: boolean;
  /** The bot has only said that it is thinking. */
  readonly isThinking: boolean;
  readonly createdAt: number;
  readonly editedAt?: number;
  /** The command that it answers, and who gave it. */
  readonly command?: { readonly name: string; readonly personId: string };
  /** The message that it replies to; what it was may be deleted. */
  readonly repliesTo?: string;
  /** Whom it mentions, whether or not they were notified. */
  readonly mentionsUserIds: readonly string[];
  readonly mentionsRoleIds: readonly string[];
}
