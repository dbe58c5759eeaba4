import type {
  REST,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { z } from 'zod';
import { DiscordAPIError, Routes } from '../discord-js.ts';
import type {
  MessagePort,
  MessageResult,
  OutgoingFile,
  TaskView,
} from '../../app/ports/message-port.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { withCallSignal } from './call-signal.ts';
import { classifyDiscordFailure } from './discord-failure.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { taskMessage } from '../render/task-message.ts';
import type { TaskMessage } from '../render/task-message.ts';
import { progressLine } from '../render/task-text.ts';
import type { RestClients } from './rest-clients.ts';

type EditBody = RESTPatchAPIWebhookWithTokenMessageJSONBody;

const MISSING_PERMISSIONS = 50_013;

const messageAnswer = z.object({
  id: z.string(),
  // Anything that is not a list of files counts as no files.
  attachments: z.array(z.object({ id: z.string() })).catch([]),
});

/** Messages of tasks over Discord's REST, by interaction token or with the bot token. */
export function createMessagePort(rests: RestClients, catalogue: Catalogue): MessagePort {
  const { messages: rest, uploads, botAuthorization } = rests;
  const asBot = { authorization: botAuthorization };

  async function edit(
    route: `/${string}`,
    by: 'token' | 'bot',
    view: TaskView,
    file: OutgoingFile | undefined,
    signal: AbortSignal,
  ): Promise<MessageResult> {
    const message = taskMessage(view, catalogue);
    const isCarrying = file !== undefined || message.note !== undefined;
    try {
      const body = bodyOf(editBody(message), carriedFile(file, message));
      const headers = by === 'bot' ? { headers: asBot } : {};
      const carrier = file === undefined ? rest : uploads;
      const answer = await withCallSignal(signal, async (own) =>
        carrier.patch(route, { auth: false, signal: own, ...headers, ...body }),
      );
      return doneBy(answer, isCarrying);
    } catch (cause) {
      const failure = classifyDiscordFailure(cause, by);
      // Without the permission to attach files, the text with the link can still be posted.
      const isFileForbidden = isCarrying && isMissingPermission(cause);
      return isFileForbidden ? { kind: 'too-large' } : failure;
    }
  }

  return {
    editByToken: async (address, token, view, file, signal) =>
      edit(Routes.webhookMessage(address.applicationId, token), 'token', view, file, signal),
    editInChannel: async (channelId, messageId, view, file, signal) =>
      edit(Routes.channelMessage(channelId, messageId), 'bot', view, file, signal),
    async post(address, view, nonce, signal) {
      const whole = taskMessage(view, catalogue);
      const hasNote = whole.note !== undefined;
      const { outcome: _, ...unfinished } = view;
      const { content, embeds, components } = hasNote ? taskMessage(unfinished, catalogue) : whole;
      const body = {
        content,
        embeds: [...embeds],
        components: [...components],
        allowed_mentions: { parse: [], users: [view.task.memberId] },
        nonce,
        enforce_nonce: true,
      } satisfies RESTPostAPIChannelMessageJSONBody;
      try {
        const route = Routes.channelMessages(address.channelId);
        const answer = await withCallSignal(signal, async (own) =>
          rest.post(route, { auth: false, headers: asBot, signal: own, body }),
        );
        const result = doneBy(answer, false);
        return hasNote && result.kind === 'done' ? { ...result, isPlaceholder: hasNote } : result;
      } catch (cause) {
        return classifyDiscordFailure(cause, 'bot');
      }
    },
    sayNotStarted: async (call, signal) => sayNotStarted(rest, call, signal),
    describe: (view) => progressLine(view, catalogue),
  };
}

async function sayNotStarted(
  rest: REST,
  { applicationId, interactionToken, language }: Parameters<MessagePort['sayNotStarted']>[0],
  signal: AbortSignal,
): Promise<MessageResult> {
  const content = messagesFor(language).task.notStarted;
  const body = { ...editBody({ content, embeds: [], components: [] }), attachments: [] };
  try {
    const route = Routes.webhookMessage(applicationId, interactionToken);
    const answer = await withCallSignal(signal, async (own) =>
      rest.patch(route, { auth: false, signal: own, body }),
    );
    return doneBy(answer, false);
  } catch (cause) {
    return classifyDiscordFailure(cause, 'token');
  }
}

/**
 * An answer without a message id is not from Discord, so the call is repeated later. If the message
 * lacks the file, members cannot see the video, even if the status says success.
 */
function doneBy(answer: unknown, isCarrying: boolean): MessageResult {
  const message = messageAnswer.safeParse(answer);
  if (!message.success) return { kind: 'try-again', detail: 'not a message' };
  const { id, attachments } = message.data;
  if (isCarrying && attachments.length === 0) return { kind: 'file-missing' };
  return { kind: 'done', messageId: id };
}

function isMissingPermission(cause: unknown): boolean {
  return cause instanceof DiscordAPIError && cause.code === MISSING_PERMISSIONS;
}

/**
 * Every edit repeats the allowed mentions, because Discord applies its defaults to an edit without
 * them. It also repeats the components: an edit without them would leave a dead button.
 */
function editBody({ content, embeds, components }: TaskMessage): EditBody {
  return {
    content,
    embeds: [...embeds],
    components: [...components],
    allowed_mentions: { parse: [] },
  };
}

/** The video, which is streamed, or the text that has no room in the message. */
function carriedFile(
  file: OutgoingFile | undefined,
  { note }: TaskMessage,
): OutgoingFile | undefined {
  if (file !== undefined || note === undefined) return file;
  return { name: note.name, content: new Blob([note.text], { type: 'text/plain' }) };
}

/** A JSON body, or a form with a file that replaces the message's attachments. */
function bodyOf(body: EditBody, file: OutgoingFile | undefined): Parameters<REST['patch']>[1] {
  if (file === undefined) return { body };
  const form = new FormData();
  const attachments = [{ id: 0, filename: file.name }];
  form.set('payload_json', JSON.stringify({ ...body, attachments }));
  form.set('files[0]', file.content, file.name);
  return { body: form, passThroughBody: true };
}
