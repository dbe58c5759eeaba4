/** What became of a message that was to be deleted. `gone`: it was deleted before. */
export type Removal = 'removed' | 'gone' | 'failed';

/** What became of a forward. `unreachable`: Discord does not allow it, now or ever. */
export type Forwarding =
  | { readonly kind: 'forwarded'; readonly messageId: string }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failed' };

/** Where a message is. */
export interface MessagePlace {
  readonly channelId: string;
  readonly messageId: string;
}

/** The bot's own messages, by the bot's token. These calls never reject. */
export interface BotMessages {
  /** Who called for a message, if it is one of this application's and Discord names them. */
  callerOf(place: MessagePlace, applicationId: string): Promise<string | undefined>;
  remove(place: MessagePlace): Promise<Removal>;
  /** Forwards a message by Discord's own means; a repeated nonce is dropped for some minutes. */
  forward(from: MessagePlace, toChannelId: string, nonce: string): Promise<Forwarding>;
}
