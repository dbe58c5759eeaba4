import { DiscordAPIError, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Acknowledgement } from '../app/accept-video.ts';
import type { RestClients } from './rest-clients.ts';

/** What is needed to answer an interaction. The token is a secret for the log. */
export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}

/** The first answers to an interaction. */
export interface Replies {
  /** A message that the caller alone sees. Throws where Discord does not take it. */
  privately(interaction: InteractionKey, text: string): Promise<void>;
  /** The public deferred reply by which a task begins. */
  deferPublicly(interaction: InteractionKey): Promise<Acknowledgement>;
}

const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const ALREADY_ACKNOWLEDGED = 40_060;

const callbackAnswer = z.object({
  interaction: z.object({ response_message_id: z.string().optional() }).optional(),
  resource: z.object({ message: z.object({ id: z.string() }).optional() }).optional(),
});

export function createReplies({ callbacks }: RestClients): Replies {
  return {
    async privately({ id, token }, text) {
      await callbacks.post(Routes.interactionCallback(id, token), {
        auth: false,
        body: {
          type: MESSAGE,
          data: { content: text, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } },
        },
      });
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
        return judgeRefusal(cause);
      }
    },
  };
}

/** Only an answer of Discord's own says for sure that there is no reply; silence says nothing. */
function judgeRefusal(cause: unknown): Acknowledgement {
  if (!(cause instanceof DiscordAPIError)) {
    return { kind: 'unclear', detail: cause instanceof Error ? cause.name : 'no answer' };
  }
  return cause.code === ALREADY_ACKNOWLEDGED
    ? { kind: 'taken-by-another' }
    : { kind: 'refused', detail: `code ${cause.code}` };
}
