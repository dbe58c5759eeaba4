import { originOf } from '../src/app/second/source-task.ts';
import { mayBeCharged } from '../src/domain/tasks/second-ways.ts';
import { pictureSlots, withPictures, withoutPictures } from '../src/domain/ways/picture-slots.ts';
import type {
  ComponentCall,
  ComponentHandler,
  CommandServices,
  ModalHandler,
} from '../src/discord/command.ts';
import type { Place } from '../src/discord/interaction.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { answerIfMaking } from '../src/discord/second/answer-if-making.ts';
import { askBecauseHeld } from '../src/discord/second/ask-because-held.ts';
import { picturesForm, readPictures } from '../src/discord/second/pictures-form.ts';
import { routeOff } from '../src/discord/second/route-off.ts';
import { sourceOfClick, withMediaAgain } from '../src/discord/second/source-of-click.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';
import type { Served } from '../src/discord/served.ts';

const SENT_ACTION = 'pictured';
const SENT_ANOTHER_ACTION = 'pictured-another';

/** The button "Pictures…" of a video's menu: opens a form for other pictures. */
export const changePictures: ComponentHandler = {
  action: 'pictures',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await ownSource(call, services, taskId);
    if (source === undefined) return;
    if (mayBeCharged(source.task)) return askBecauseHeld(call, services, 'pictures', taskId);
    if (await answerIfMaking(call, services, claimOf(call, taskId))) return;
    await openForm(call, services, source);
  },
};

/** The same after the question whether to go on although the first video may be charged. */
export const changePicturesAnyway: ComponentHandler = {
  action: 'pictures-anyway',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await ownSource(call, services, taskId);
    if (source !== undefined) await openForm(call, services, source);
  },
};

/** The same beside the link to the video that the last one is making. */
export const changePicturesAnother: ComponentHandler = {
  action: 'pictures-another',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await ownSource(call, services, taskId);
    if (source !== undefined) await openForm(call, services, source, SENT_ANOTHER_ACTION);
  },
};

const claimOf = ({ member }: Pick<ComponentCall, 'member'>, sourceId: string) => ({
  memberId: member.user.id,
  sourceId,
  action: 'pictures',
});

/** The task, for its caller; `undefined` if it is not theirs: then the member was answered why. */
async function ownSource(
  call: Place & Served,
  services: CommandServices,
  taskId: string,
): Promise<ClickedTask | undefined> {
  const source = await sourceOfClick(call, services, taskId);
  if (source === undefined || source.task.memberId === call.member.user.id) return source;
  await services.replies.privately(call, messagesFor(call.language).second.menu.ownOnly);
  return undefined;
}

async function openForm(
  call: ComponentCall,
  services: CommandServices,
  source: ClickedTask,
  sentAction = SENT_ACTION,
): Promise<void> {
  const { task, route, request } = source;
  const messages = messagesFor(call.language);
  if (route === undefined) return routeOff(call, services, source);
  const slots = pictureSlots(request, route);
  if (slots.length === 0) return services.replies.privately(call, messages.pictures.noneTaken);
  await services.replies.openModal(call, picturesForm(slots, `${sentAction}:${task.id}`, messages));
}

/** That form, sent: makes the request with the new pictures in place of those that it had. */
export const changedPictures = picturesSent(SENT_ACTION, {});
/** The same, although another video of that button is not finished. */
export const changedPicturesAnother = picturesSent(SENT_ANOTHER_ACTION, { isAnother: true });

function picturesSent(action: string, how: { readonly isAnother?: true }): ModalHandler {
  return {
    action,
    asCommand: 'video',
    run: async (call, taskId, services) => {
      const source = await ownSource(call, services, taskId);
      if (source === undefined) return;
      const { task, route } = source;
      if (route === undefined) return routeOff(call, services, source);
      const pictures = readPictures(call, pictureSlots(source.request, route));
      if (pictures === undefined) {
        return services.replies.privately(call, messagesFor(call.language).pictures.noneGiven);
      }
      const rest = { task, route, request: withoutPictures(source.request) };
      const others = await withMediaAgain(call, services, rest);
      if (others === undefined) return;
      await makeVideo(call, services, {
        route,
        request: withPictures(others, pictures),
        claim: claimOf(call, taskId),
        ...how,
        origin: originOf(task, 'pictures'),
      });
    },
  };
}
