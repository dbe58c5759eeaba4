import { z } from 'zod';
import { MINUTE_MS } from '../time-units.ts';

/** Discord's webhook token lives 15 minutes; it is left a minute before, for a late call is a 401. */
const TOKEN_USE_MS = 14 * MINUTE_MS;

/**
 * Where a task's one message is, and by which way it is still reached.
 * `webhook`: by the interaction's token. `channel`: as a channel message, with the bot token.
 * `repost`: a new message, posted without the video, recorded here, then edited. `lost`: no way left.
 */
export const messageAddressSchema = z.object({
  applicationId: z.string(),
  channelId: z.string(),
  /** The original reply's id; absent where the acknowledgement did not tell it. */
  messageId: z.string().optional(),
  /** When the interaction was received, in milliseconds. */
  tokenSince: z.int().nonnegative(),
  deliveryPath: z.enum(['webhook', 'channel', 'repost', 'lost']),
  /** The message that stands in for the original one. */
  repostId: z.string().optional(),
});
export type MessageAddress = z.infer<typeof messageAddressSchema>;

export type DeliveryPath = MessageAddress['deliveryPath'];

/** The path to use now: an old token is left before Discord refuses it. */
export function currentPath(address: MessageAddress, nowMs: number): DeliveryPath {
  const isTokenOld = nowMs >= address.tokenSince + TOKEN_USE_MS;
  if (address.deliveryPath === 'webhook' && isTokenOld) {
    return address.messageId === undefined ? 'repost' : 'channel';
  }
  return address.deliveryPath;
}

/** Why a path did not reach the message. */
export type UnreachableReason = 'token-refused' | 'message-gone' | 'no-access';

/** The address after a path failed for good. Never goes up, so it always ends. */
export function fallBack(
  address: MessageAddress,
  from: DeliveryPath,
  why: UnreachableReason,
): MessageAddress {
  switch (from) {
    case 'webhook':
      // A deleted message is gone by every way; a dead token only closes the webhook.
      return why === 'message-gone' || address.messageId === undefined
        ? { ...address, deliveryPath: 'repost' }
        : { ...address, deliveryPath: 'channel' };
    case 'channel':
      return { ...address, deliveryPath: 'repost' };
    case 'repost':
    case 'lost':
      return { ...address, deliveryPath: 'lost' };
  }
}
