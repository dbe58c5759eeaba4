import { z } from 'zod';
import type {
  BotMessages,
  Forwarding,
  MessagePlace,
  Removal,
} from '../../app/ports/bot-messages-port.ts';
import type { Log } from '../../app/ports/core.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import { Routes } from '../discord-js.ts';
import { DirectRefusal } from './direct-failure.ts';
import { MESSAGE_TIMEOUT_MS } from './rest-clients.ts';
import type { RestClients } from './rest-clients.ts';

const UNKNOWN_MESSAGE = 10_008;
/** A reference to be shown as a forward, by the documents of messages. */
const FORWARD = 1;

const postedSchema = z.object({ id: snowflakeSchema });
const callerSchema = z.object({
  application_id: snowflakeSchema,
  interaction_metadata: z.object({ user: z.object({ id: snowflakeSchema }) }),
});

/** Creates what the bot does to its messages besides editing them. */
export function createBotMessages(
  { direct, botAuthorization: authorization }: Pick<RestClients, 'direct' | 'botAuthorization'>,
  log: Log,
): BotMessages {
  const limitMs = MESSAGE_TIMEOUT_MS;
  return {
    async callerOf({ channelId, messageId }, applicationId) {
      const route = Routes.channelMessage(channelId, messageId);
      try {
        const bucket = `read:${channelId}`;
        const answer = await direct({ method: 'GET', route, bucket, authorization, limitMs });
        const { data } = callerSchema.safeParse(answer);
        return data?.application_id === applicationId
          ? data.interaction_metadata.user.id
          : undefined;
      } catch (cause) {
        log.info({ err: cause, messageId }, 'message could not be read');
        return undefined;
      }
    },
    async remove({ channelId, messageId }): Promise<Removal> {
      const route = Routes.channelMessage(channelId, messageId);
      try {
        const bucket = `delete:${channelId}`;
        await direct({ method: 'DELETE', route, bucket, authorization, limitMs });
        return 'removed';
      } catch (cause) {
        if (cause instanceof DirectRefusal && cause.code === UNKNOWN_MESSAGE) return 'gone';
        log.warn({ err: cause, messageId }, 'message could not be deleted');
        return 'failed';
      }
    },
    async forward(from, toChannelId, nonce): Promise<Forwarding> {
      const body = forwardBody(from, nonce);
      const route = Routes.channelMessages(toChannelId);
      try {
        const bucket = `post:${toChannelId}`;
        const request = { method: 'POST', route, bucket, authorization, body, limitMs } as const;
        const { id: messageId } = postedSchema.parse(await direct(request));
        return { kind: 'forwarded', messageId };
      } catch (cause) {
        log.warn({ err: cause, messageId: from.messageId }, 'video not forwarded to the gallery');
        const isFinal = cause instanceof DirectRefusal && cause.status >= 400 && cause.status < 500;
        return { kind: isFinal ? 'unreachable' : 'failed' };
      }
    },
  };
}

function forwardBody({ channelId, messageId }: MessagePlace, nonce: string): object {
  return {
    message_reference: { type: FORWARD, channel_id: channelId, message_id: messageId },
    nonce,
    enforce_nonce: true,
  };
}
