import { createGallery } from '../app/second/show-in-gallery.ts';
import type { Gallery } from '../app/second/show-in-gallery.ts';
import type { Notices } from '../app/ports/notice-port.ts';
import type { TaskChangeDeps } from '../app/second/task-changes.ts';
import { createBotRequest } from '../discord/access/bot-request.ts';
import { createChannelAudience } from '../discord/access/channel-audience.ts';
import { createBotMessages } from '../discord/rest/bot-messages.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/** Opens the gallery, which forwards videos after their tasks ended; a stop waits for it. */
export function openGallery(
  { ownership, clock, log, resources }: BotContext,
  { tasks: store, guilds }: Stores,
  parts: Pick<TaskChangeDeps, 'betweenSteps'> & {
    readonly rests: RestClients;
    readonly notices: Notices;
  },
): Gallery {
  const { rests, notices, betweenSteps } = parts;
  const messages = createBotMessages(rests, log);
  const audience = createChannelAudience(createBotRequest(rests), clock);
  const gallery = createGallery({
    store,
    guilds,
    notices,
    ownership,
    betweenSteps,
    messages,
    audience,
    log,
  });
  resources.own('gallery', async () => gallery.settled());
  return gallery;
}
