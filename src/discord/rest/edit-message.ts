import type { RESTPatchAPIWebhookWithTokenMessageJSONBody } from 'discord.js';
import { Routes } from '../discord-js.ts';
import { withCallSignal } from './call-signal.ts';
import type { CarriedFile } from './multipart.ts';
import { MESSAGE_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from './rest-clients.ts';
import type { RestClients } from './rest-clients.ts';

export type EditBody = RESTPatchAPIWebhookWithTokenMessageJSONBody;

/** A message to edit, and how: by an interaction's token or with the bot's. */
export interface EditTarget {
  readonly by: 'token' | 'bot';
  readonly route: `/${string}`;
  /** Discord limits the rate by token, and by channel. */
  readonly bucket: string;
}

export function targetByToken(applicationId: string, token: string): EditTarget {
  return { by: 'token', route: Routes.webhookMessage(applicationId, token), bucket: token };
}

export function targetInChannel(channelId: string, messageId: string): EditTarget {
  return { by: 'bot', route: Routes.channelMessage(channelId, messageId), bucket: channelId };
}

/** Edits a message and resolves with Discord's answer. A file replaces what was attached. */
export type EditMessage = (
  target: EditTarget,
  body: EditBody,
  file: CarriedFile | undefined,
  signal: AbortSignal,
) => Promise<unknown>;

/**
 * Creates the editor of messages. Edits in a channel without a file go by discord.js, which knows
 * the rate limits of channels; all others are sent directly.
 */
export function createEditMessage({
  direct,
  messages,
  botAuthorization,
}: RestClients): EditMessage {
  return async ({ by, route, bucket }, body, file, signal) => {
    const asBot = by === 'bot' ? { authorization: botAuthorization } : {};
    if (by === 'bot' && file === undefined) {
      return withCallSignal(signal, async (own) =>
        messages.patch(route, { auth: false, signal: own, headers: asBot, body }),
      );
    }
    const request = { method: 'PATCH', route, bucket, signal, ...asBot } as const;
    if (file === undefined) return direct({ ...request, body, limitMs: MESSAGE_TIMEOUT_MS });
    const attachments = [{ id: 0, filename: file.name }];
    return direct({
      ...request,
      body: { ...body, attachments },
      files: [file],
      limitMs: UPLOAD_TIMEOUT_MS,
    });
  };
}
