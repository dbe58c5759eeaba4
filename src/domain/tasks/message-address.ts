import { z } from 'zod';
import { MINUTE_MS } from '../time-units.ts';

/** Discord's webhook tokens expire after 15 minutes; a call after that is a 401, so stop a minute early. */
export const TOKEN_USE_MS = 14 * MINUTE_MS;

/**
 * Where a task's only message is, and how to reach it.
 * `webhook`: by the interaction's token. `channel`: as a channel message, with the bot token.
 * `repost`: as a new message, posted without the video, recorded here, then edited. `lost`: not at
 * all.
 */
export const messageAddressSchema = z.object({
  applicationId: z.string(),
  channelId: z.string(),
  /** The id of the original reply; `undefined` when the acknowledgement did not return it. */
  messageId: z.string().optional(),
  /** When the interaction was received, in milliseconds. */
  tokenSince: z.int().nonnegative(),
  deliveryPath: z.enum(['webhook', 'channel', 'repost', 'lost']),
  /** The message that replaces the original one. */
  repostId: z.string().optional(),
  /** Refusals in a row on this path that may never change. */
  refusals: z.int().positive().optional(),
});
export type MessageAddress = z.infer<typeof messageAddressSchema>;

export type DeliveryPath = MessageAddress['deliveryPath'];

/** The id of the task's message; `undefined` if it is not known. */
export function messageIdOf({
  repostId,
  messageId,
}: Pick<MessageAddress, 'repostId' | 'messageId'>): string | undefined {
  return repostId ?? messageId;
}

/** The path to use now; the webhook only until its token is about to expire. */
export function currentPath(address: MessageAddress, nowMs: number): DeliveryPath {
  const isTokenOld = nowMs >= address.tokenSince + TOKEN_USE_MS;
  if (address.deliveryPath === 'webhook' && isTokenOld) {
    return address.messageId === undefined ? 'repost' : 'channel';
  }
  return address.deliveryPath;
}

/** Why a path did not reach the message. */
export type UnreachableReason = 'token-refused' | 'message-gone' | 'no-access';

/** After so many refusals that may never change a path is given up. */
const MAX_REFUSALS = 5;

/** Whether one more refusal gives this path up; progress edits leave that try to the last edit. */
export function isLastTry(address: MessageAddress, path: DeliveryPath): boolean {
  return refusalsOn(address, path) + 1 >= MAX_REFUSALS;
}

/** The address after a refusal that may never change. A new message, the last path, is not given up. */
export function afterRefusal(address: MessageAddress, from: DeliveryPath): MessageAddress {
  if (from === 'repost' || from === 'lost') return address;
  return isLastTry(address, from)
    ? fallBack(address, from, 'no-access')
    : { ...address, deliveryPath: from, refusals: refusalsOn(address, from) + 1 };
}

/** The address after a path worked. */
export function withoutRefusals(before: MessageAddress): MessageAddress {
  const { refusals: _, ...address } = before;
  return address;
}

function refusalsOn({ deliveryPath, refusals = 0 }: MessageAddress, path: DeliveryPath): number {
  return deliveryPath === path ? refusals : 0;
}

/** The address after a path failed permanently. The order never reverses, so it always terminates. */
export function fallBack(
  before: MessageAddress,
  from: DeliveryPath,
  why: UnreachableReason,
): MessageAddress {
  const address = withoutRefusals(before);
  switch (from) {
    case 'webhook':
      // A deleted message is unreachable by every path; an expired token only ends the webhook.
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
