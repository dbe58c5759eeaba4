import { z } from 'zod';
import type { FindClip } from '../../app/ports/last-frames-port.ts';
import { messageIdOf } from '../../domain/tasks/message-address.ts';
import { clipAmong } from '../clip-among.ts';
import { Routes } from '../discord-js.ts';
import { messageFilesSchema, readMessageFiles } from '../message-files.ts';
import { withCallSignal } from './call-signal.ts';
import type { RestClients } from './rest-clients.ts';

/** A click waits for it, in milliseconds. */
const CLICK_LIMIT_MS = 1000;

const messageSchema = z.object({ attachments: messageFilesSchema });

/** Creates the question to Discord for the clip on a message, with the bot token. */
export function createFindClip(
  { messages: rest, botAuthorization }: Pick<RestClients, 'messages' | 'botAuthorization'>,
  limitMs = CLICK_LIMIT_MS,
): FindClip {
  const headers = { authorization: botAuthorization };
  return async ({ address }) => {
    const messageId = messageIdOf(address);
    if (messageId === undefined) return undefined;
    const route = Routes.channelMessage(address.channelId, messageId);
    try {
      const answer = await withCallSignal(AbortSignal.timeout(limitMs), async (signal) =>
        rest.get(route, { auth: false, headers, signal }),
      );
      return clipAmong(readMessageFiles(messageSchema.parse(answer).attachments));
    } catch {
      // Hidden, deleted, or Discord has a problem: for a click it is all the same.
      return undefined;
    }
  };
}
