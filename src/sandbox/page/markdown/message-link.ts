import type { MarkdownNode } from './parse.ts';

/** A link to a message, as Discord's client copies it. */
const MESSAGE_LINK = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/\d+\/(\d+)\/(\d+)$/u;

/** The channel and message that a link leads to; empty if it leads elsewhere. */
export function messageLinkOf(address: string): {
  readonly channelId: string;
  readonly messageId: string;
} {
  const [, channelId = '', messageId = ''] = MESSAGE_LINK.exec(address) ?? [];
  return { channelId, messageId };
}

/** Whether the link is `[text](address)`, not a bare address. */
export function hasOwnText({ type }: MarkdownNode): boolean {
  return type === 'link';
}
