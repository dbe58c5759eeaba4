import type { APIButtonComponent, APIEmbed, RawFile } from 'discord.js';
import { z } from 'zod';
import { ComponentType, DiscordAPIError, HTTPError, MessageFlags, Routes } from './discord-js.ts';
import type { Acknowledgement } from '../app/accept/video-call.ts';
import type { RestClients } from './rest/rest-clients.ts';
import { AddressBanned } from './watched-requests.ts';

/** What the bot needs to answer an interaction. The token must not be logged. */
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

/** A message that only the caller sees. */
export interface PrivateMessage {
  /** At most 2000 characters. */
  readonly content: string;
  readonly embeds?: readonly APIEmbed[];
  /** One row with at most five buttons. */
  readonly buttons?: readonly APIButtonComponent[];
  readonly files?: readonly ReplyFile[];
}

/**
 * Discord did not accept an answer: it was too late, the interaction is gone, or Discord has a
 * problem. Not a bug of the bot, and the caller cannot be notified.
 */
export class UndeliveredReply extends Error {}

async function delivered(answering: Promise<unknown>): Promise<void> {
  try {
    await answering;
  } catch (cause) {
    throw new UndeliveredReply('Discord did not accept the answer', { cause });
  }
}

/**
 * The first answers to an interaction. All throw an UndeliveredReply if Discord does not accept
 * them.
 */
export interface Replies {
  privately(interaction: InteractionKey, message: string | PrivateMessage): Promise<void>;
  /**
   * Shows "Thinking…" to the caller only, for answers that take longer than 3 s; `finish` fills it
   * in.
   */
  deferPrivately(interaction: InteractionKey): Promise<void>;
  /** Acknowledges a click whose message is edited elsewhere. */
  deferUpdate(interaction: InteractionKey): Promise<void>;
  /** Fills in or changes the first answer while the token is valid. */
  finish(interaction: InteractionKey, message: PrivateMessage): Promise<void>;
  /** Sends the public deferred reply that becomes the task's message. Does not throw. */
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
        const parsed = callbackAnswer.safeParse(answer).data;
        const messageId = parsed?.interaction?.response_message_id ?? parsed?.resource?.message?.id;
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
 * Only an answer from Discord itself, or a ban, which blocks every request, proves that there is no
 * reply. A missing answer proves nothing.
 */
function classifyRefusal(cause: unknown): Acknowledgement {
  if (cause instanceof AddressBanned) return { kind: 'refused', detail: 'address banned' };
  if (cause instanceof HTTPError) return { kind: 'unclear', detail: `HTTP ${cause.status}` };
  if (!(cause instanceof DiscordAPIError)) {
    return { kind: 'unclear', detail: cause instanceof Error ? cause.name : 'no answer' };
  }
  return cause.code === ALREADY_ACKNOWLEDGED
    ? { kind: 'taken-by-another', detail: `code ${cause.code}` }
    : { kind: 'refused', detail: `HTTP ${cause.status}, code ${cause.code}` };
}
