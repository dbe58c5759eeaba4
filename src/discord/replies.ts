import type { APIButtonComponent, APIEmbed, RawFile } from 'discord.js';
import { z } from 'zod';
import { ComponentType, DiscordAPIError, MessageFlags, Routes } from './discord-js.ts';
import type { Acknowledgement } from '../app/accept/video-call.ts';
import type { RestClients } from './rest/rest-clients.ts';
import { AddressBanned } from './watched-requests.ts';

/** What is needed to answer an interaction. The token is a secret for the log. */
export interface InteractionKey {
  readonly id: string;
  readonly applicationId: string;
  readonly token: string;
}

export interface ReplyFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A message that the caller alone sees. */
export interface PrivateMessage {
  /** At most 2000 characters. */
  readonly content: string;
  readonly embeds?: readonly APIEmbed[];
  /** One row of at most five. */
  readonly buttons?: readonly APIButtonComponent[];
  readonly files?: readonly ReplyFile[];
}

/** Discord did not take an answer: too late, gone, or in trouble. No bug, and nobody to tell. */
export class UndeliveredReply extends Error {}

async function delivered(answering: Promise<unknown>): Promise<void> {
  try {
    await answering;
  } catch (cause) {
    throw new UndeliveredReply('Discord did not take the answer', { cause });
  }
}

/** The first answers to an interaction. All throw an UntakenReply where Discord does not take them. */
export interface Replies {
  privately(interaction: InteractionKey, message: string | PrivateMessage): Promise<void>;
  /** "Thinking…", for the caller alone: what takes longer than 3 s follows by `finish`. */
  deferPrivately(interaction: InteractionKey): Promise<void>;
  /** Takes a click whose message is edited by other means. */
  deferUpdate(interaction: InteractionKey): Promise<void>;
  /** Fills the first answer, or changes it, while the token lives. */
  finish(interaction: InteractionKey, message: PrivateMessage): Promise<void>;
  /** The public deferred reply by which a task begins; does not throw. */
  deferPublicly(interaction: Pick<InteractionKey, 'id' | 'token'>): Promise<Acknowledgement>;
}

const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const ALREADY_ACKNOWLEDGED = 40_060;

const callbackAnswer = z.object({
  interaction: z.object({ response_message_id: z.string().optional() }).optional(),
  resource: z.object({ message: z.object({ id: z.string() }).optional() }).optional(),
});

export function createReplies({ callbacks, messages }: RestClients): Replies {
  return {
    async privately({ id, token }, message) {
      const given = typeof message === 'string' ? { content: message } : message;
      const data = { ...messageBody(given), flags: MessageFlags.Ephemeral };
      const body = { type: MESSAGE, data };
      const route = Routes.interactionCallback(id, token);
      await delivered(callbacks.post(route, { auth: false, body, ...filesOf(given) }));
    },
    async deferPrivately({ id, token }) {
      const body = { type: DEFERRED_MESSAGE, data: { flags: MessageFlags.Ephemeral } };
      await delivered(callbacks.post(Routes.interactionCallback(id, token), { auth: false, body }));
    },
    async deferUpdate({ id, token }) {
      const body = { type: DEFERRED_UPDATE };
      await delivered(callbacks.post(Routes.interactionCallback(id, token), { auth: false, body }));
    },
    async finish({ applicationId, token }, message) {
      const route = Routes.webhookMessage(applicationId, token);
      const body = messageBody(message);
      await delivered(messages.patch(route, { auth: false, body, ...filesOf(message) }));
    },
    async deferPublicly({ id, token }) {
      try {
        const answer = await callbacks.post(Routes.interactionCallback(id, token), {
          auth: false,
          query: new URLSearchParams({ with_response: 'true' }),
          body: { type: DEFERRED_MESSAGE },
        });
        const told = callbackAnswer.safeParse(answer).data;
        const messageId = told?.interaction?.response_message_id ?? told?.resource?.message?.id;
        return { kind: 'acknowledged', messageId };
      } catch (cause) {
        return classifyRefusal(cause);
      }
    },
  };
}

function messageBody({ content, embeds = [], buttons = [], files = [] }: PrivateMessage) {
  return {
    content,
    embeds,
    components:
      buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }],
    attachments: files.map(({ name }, id) => ({ id, filename: name })),
    allowed_mentions: { parse: [] },
  };
}

function filesOf({ files = [] }: PrivateMessage): { files?: RawFile[] } {
  if (files.length === 0) return {};
  return {
    files: files.map(({ name, contentType, bytes }) => ({
      name,
      contentType,
      data: Buffer.from(bytes),
    })),
  };
}

/**
 * Only an answer of Discord's own, or a ban that keeps everything from it, says for sure that there
 * is no reply; silence says nothing.
 */
function classifyRefusal(cause: unknown): Acknowledgement {
  if (cause instanceof AddressBanned) return { kind: 'refused', detail: 'address banned' };
  if (!(cause instanceof DiscordAPIError)) {
    return { kind: 'unclear', detail: cause instanceof Error ? cause.name : 'no answer' };
  }
  return cause.code === ALREADY_ACKNOWLEDGED
    ? { kind: 'taken-by-another' }
    : { kind: 'refused', detail: `code ${cause.code}` };
}
