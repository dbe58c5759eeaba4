import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
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
import { DirectRefusal } from './direct-failure.ts';
import { classifyDiscordFailure } from './discord-failure.ts';
import { createEditMessage, targetByToken, targetInChannel } from './edit-message.ts';
import type { EditBody, EditMessage, EditTarget } from './edit-message.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { ButtonFacts } from '../render/task-buttons.ts';
import { taskMessage } from '../render/task-message.ts';
import type { CarriedFile } from './multipart.ts';
import type { TaskMessage } from '../render/task-message.ts';
import { progressLine } from '../render/task-text.ts';
import type { RestClients } from './rest-clients.ts';

const MISSING_PERMISSIONS = 50_013;

const messageAnswer = z.object({
  id: z.string(),
  content: z.string().optional().catch(undefined),
  // Anything that is not a list of files counts as no files.
  attachments: z.array(z.object({ id: z.string() })).catch([]),
});

/** Messages of tasks over Discord's REST, by interaction token or with the bot token. */
export function createMessagePort(
  rests: RestClients,
  catalogue: Catalogue,
  facts: ButtonFacts,
): MessagePort {
  const { messages: rest, botAuthorization } = rests;
  const asBot = { authorization: botAuthorization };
  const editMessage = createEditMessage(rests);
  const render = (view: TaskView): TaskMessage => taskMessage(view, catalogue, facts);

  async function edit(
    target: EditTarget,
    view: TaskView,
    file: OutgoingFile | undefined,
    signal: AbortSignal,
  ): Promise<MessageResult> {
    const message = render(view);
    // Both do not fit: the address stays.
    if (view.isSmaller === true && message.note !== undefined) return { kind: 'too-large' };
    const isCarrying = file !== undefined || message.note !== undefined;
    try {
      const body = editBody(message);
      const answer = await editMessage(target, body, carriedFile(file, message), signal);
      return doneBy(answer, isCarrying);
    } catch (cause) {
      const failure = classifyDiscordFailure(cause, target.by);
      // Without the permission to attach files, the text with the link can still be posted.
      const isFileForbidden = isCarrying && isMissingPermission(cause);
      return isFileForbidden ? { kind: 'too-large', isForbidden: true } : failure;
    }
  }

  return {
    editByToken: async (address, token, view, file, signal) =>
      edit(targetByToken(address.applicationId, token), view, file, signal),
    editInChannel: async (channelId, messageId, view, file, signal) =>
      edit(targetInChannel(channelId, messageId), view, file, signal),
    async post(address, view, nonce, signal) {
      const whole = render(view);
      const hasNote = whole.note !== undefined;
      const { outcome: _, ...unfinished } = view;
      const posted = hasNote ? render(unfinished) : whole;
      const body = {
        ...editBody(posted),
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
        const isPlaceholder = hasNote || showsOtherThan(posted, answer);
        return isPlaceholder && result.kind === 'done' ? { ...result, isPlaceholder } : result;
      } catch (cause) {
        return classifyDiscordFailure(cause, 'bot');
      }
    },
    sayNotStarted: async (call, signal) => sayNotStarted(editMessage, call, signal),
    describe: (view) => progressLine(view, catalogue),
  };
}

async function sayNotStarted(
  editMessage: EditMessage,
  { applicationId, interactionToken, language }: Parameters<MessagePort['sayNotStarted']>[0],
  signal: AbortSignal,
): Promise<MessageResult> {
  const content = messagesFor(language).task.notStarted;
  const body = { ...editBody({ content, embeds: [], components: [] }), attachments: [] };
  try {
    const target = targetByToken(applicationId, interactionToken);
    return doneBy(await editMessage(target, body, undefined, signal), false);
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

/**
 * Whether an answer shows another text than was posted: by the nonce it is the message of an earlier
 * post, which a crash or a cut answer made unknown, with what the task showed then.
 */
function showsOtherThan({ content }: TaskMessage, answer: unknown): boolean {
  const shown = messageAnswer.safeParse(answer).data?.content;
  return shown !== undefined && shown.trim() !== content.trim();
}

function isMissingPermission(cause: unknown): boolean {
  const isRefusal = cause instanceof DiscordAPIError || cause instanceof DirectRefusal;
  return isRefusal && cause.code === MISSING_PERMISSIONS;
}

/**
 * Every edit repeats the allowed mentions, because Discord applies its defaults to an edit without
 * them. It also repeats the components: an edit without them would leave a dead button.
 */
function editBody({ content, embeds, components }: TaskMessage) {
  return {
    content,
    embeds: [...embeds],
    components: [...components],
    allowed_mentions: { parse: [] },
  } satisfies EditBody;
}

/** The video, or the text that has no room in the message. */
function carriedFile(
  file: OutgoingFile | undefined,
  { note }: TaskMessage,
): CarriedFile | undefined {
  if (file !== undefined) {
    const { name, content } = file;
    if (content instanceof Blob) return { name, content };
    return { name, contentType: 'video/mp4', parts: content };
  }
  if (note === undefined) return undefined;
  return { name: note.name, contentType: 'text/plain', parts: [Buffer.from(note.text)] };
}
