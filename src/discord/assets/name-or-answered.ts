import type { VideoRequest } from '../../domain/routes/request.ts';
import { newReference } from '../../app/new-reference.ts';
import type { CommandServices } from '../command.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Served } from '../served.ts';

/**
 * The request with the media that its prompt names; `undefined` if the store does not answer: then
 * the member was answered.
 */
export async function nameOrAnswered(
  call: Place & Served,
  { namedAssets, replies, log }: Pick<CommandServices, 'namedAssets' | 'replies' | 'log'>,
  request: VideoRequest,
): Promise<VideoRequest | undefined> {
  try {
    return await namedAssets.nameMedia(call.guildId, request);
  } catch (cause) {
    const reference = newReference();
    log.error({ err: cause, reference }, 'store does not answer');
    await replies.privately(call, messagesFor(call.language).answers.storeDown(reference));
    return undefined;
  }
}
