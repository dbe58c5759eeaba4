import { openAsBlob } from 'node:fs';
import type {
  REST,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { z } from 'zod';
import { DiscordAPIError, Routes } from './discord-js.ts';
import type { MessagePort, MessageResult, OutgoingFile, TaskView } from '../app/message-port.ts';
import { withCallSignal } from './call-signal.ts';
import { judgeDiscordFailure } from './discord-failure.ts';
import { cancelRow } from './render/cancel-button.ts';
import { CONTENT_MAX } from './render/refusal-text.ts';
import { progressLine, taskText } from './render/task-text.ts';
import type { RestClients } from './rest-clients.ts';

type EditBody = RESTPatchAPIWebhookWithTokenMessageJSONBody;

const MISSING_PERMISSIONS = 50_013;

const messageAnswer = z.object({ id: z.string() });

/** Messages of tasks over Discord's REST, by interaction token or with the bot token. */
export function createMessagePort(rests: RestClients): MessagePort {
  const { messages: rest, uploads, botAuthorization } = rests;
  const asBot = { authorization: botAuthorization };

  async function edit(
    route: `/${string}`,
    by: 'token' | 'bot',
    view: TaskView,
    file: OutgoingFile | undefined,
    signal: AbortSignal,
  ): Promise<MessageResult> {
    try {
      const body = await bodyOf(editBody(view), file);
      const headers = by === 'bot' ? { headers: asBot } : {};
      const carrier = file === undefined ? rest : uploads;
      const answer = await withCallSignal(signal, async (own) =>
        carrier.patch(route, { auth: false, signal: own, ...headers, ...body }),
      );
      return doneBy(answer);
    } catch (cause) {
      const failure = judgeDiscordFailure(cause, by);
      // Without the right to attach files the words still go through, and the address with them.
      const isFileForbidden = file !== undefined && isMissingPermission(cause);
      return isFileForbidden ? { kind: 'too-large' } : failure;
    }
  }

  return {
    editByToken: async (address, token, view, file, signal) =>
      edit(Routes.webhookMessage(address.applicationId, token), 'token', view, file, signal),
    editInChannel: async (channelId, messageId, view, file, signal) =>
      edit(Routes.channelMessage(channelId, messageId), 'bot', view, file, signal),
    async post(address, view, nonce, signal) {
      const body = {
        ...content(view),
        allowed_mentions: { parse: [], users: [view.task.memberId] },
        nonce,
        enforce_nonce: true,
      } satisfies RESTPostAPIChannelMessageJSONBody;
      try {
        const route = Routes.channelMessages(address.channelId);
        const answer = await withCallSignal(signal, async (own) =>
          rest.post(route, { auth: false, headers: asBot, signal: own, body }),
        );
        return doneBy(answer);
      } catch (cause) {
        return judgeDiscordFailure(cause, 'bot');
      }
    },
    describe: progressLine,
  };
}

/** An answer without a message's id is not Discord's; the same call is made again later. */
function doneBy(answer: unknown): MessageResult {
  const message = messageAnswer.safeParse(answer);
  return message.success
    ? { kind: 'done', messageId: message.data.id }
    : { kind: 'try-again', detail: 'not a message' };
}

function isMissingPermission(cause: unknown): boolean {
  return cause instanceof DiscordAPIError && cause.code === MISSING_PERMISSIONS;
}

/**
 * Mentions are named again in every edit: one without is read with Discord's defaults. So are
 * components: an edit without them would leave a button that does nothing any more.
 */
function editBody(view: TaskView): EditBody {
  return { ...content(view), components: cancelRow(view), allowed_mentions: { parse: [] } };
}

/** A signed address may be longer than a message's content may be; an embed holds 4096 characters. */
function content(view: TaskView): { content: string; embeds: { description: string }[] } {
  const text = taskText(view);
  if (text.length <= CONTENT_MAX) return { content: text, embeds: [] };
  const plain = taskText({ ...view, isPlain: true });
  if (plain.length <= CONTENT_MAX) return { content: plain, embeds: [] };
  return { content: '', embeds: [{ description: plain.slice(0, 4096) }] };
}

/**
 * JSON, or a form whose file is read from disk while it is sent: the library would hold the whole
 * file in memory.
 */
async function bodyOf(
  body: EditBody,
  file: OutgoingFile | undefined,
): Promise<Parameters<REST['patch']>[1]> {
  if (file === undefined) return { body };
  const form = new FormData();
  const attachments = [{ id: 0, filename: file.name }];
  form.set('payload_json', JSON.stringify({ ...body, attachments }));
  form.set('files[0]', await openAsBlob(file.path, { type: 'video/mp4' }), file.name);
  return { body: form, passThroughBody: true };
}
