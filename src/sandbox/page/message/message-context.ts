import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import type { Page } from '../page.ts';

/** How a message appears in its channel. */
export interface MessageContext {
  readonly page: Page;
  /** Follows a recent message of the same author, so it shows no author and time. */
  readonly isContinued: boolean;
  readonly repliesTo: ChannelMessage | undefined;
}
