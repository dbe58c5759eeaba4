import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { Routes } from '../discord-js.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { noticeText } from '../render/notice-text.ts';
import type { RestClients } from './rest-clients.ts';
import type { NoticePort } from '../../app/ports/notice-port.ts';
import type { Notice } from '../../domain/notice.ts';

/** Messages that the bot posts on its own: notices to admins, and the ping for a finished video. */
export interface ChannelPosts extends NoticePort {
  /** Posts a reply to the task's message that mentions and notifies only its requester. */
  ping(task: Task): Promise<void>;
}

export function createChannelPosts(
  { messages: rest, botAuthorization }: RestClients,
  catalogue: Catalogue,
): ChannelPosts {
  async function post(channelId: string, body: RESTPostAPIChannelMessageJSONBody): Promise<void> {
    await rest.post(Routes.channelMessages(channelId), {
      auth: false,
      headers: { authorization: botAuthorization },
      body,
    });
  }
  return {
    async post(channelId: string, notice: Notice, { language }: GuildSettings) {
      const content = noticeText(notice, messagesFor(language ?? 'en'), catalogue);
      await post(channelId, { content, allowed_mentions: { parse: [] } });
    },
    async ping({ id, memberId, language, address }) {
      const messageId = address.repostId ?? address.messageId;
      await post(address.channelId, {
        content: messagesFor(language).task.ping(`<@${memberId}>`),
        // The mention notifies the requester; the reply itself would only notify the bot.
        allowed_mentions: { parse: [], users: [memberId] },
        nonce: `p${id}`,
        enforce_nonce: true,
        ...(messageId === undefined
          ? {}
          : { message_reference: { message_id: messageId, fail_if_not_exists: false } }),
      });
    },
  };
}
