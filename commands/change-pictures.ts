import { withoutNamed } from '../src/domain/library/name-media.ts';
import { originOf } from '../src/app/second/source-task.ts';
import { pictureSlots, withPictures, withoutPictures } from '../src/domain/ways/picture-slots.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { picturesForm, readPictures } from '../src/discord/second/pictures-form.ts';
import { routeOff } from '../src/discord/second/route-off.ts';
import { sourceOfClick, withMediaAgain } from '../src/discord/second/source-of-click.ts';
import { formHandlers, formId, wayHandlers } from '../src/discord/second/way-handlers.ts';
import type { SecondWay } from '../src/discord/second/way-handlers.ts';

const SENT_ACTION = 'pictured';

const PICTURES: SecondWay = {
  action: 'pictures',
  /** Of its caller alone. */
  async find(call, services, taskId) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return undefined;
    if (source.task.memberId === call.member.user.id) {
      // Pictures that the prompt names stay.
      return { ...source, request: withoutNamed(source.request) };
    }
    await services.replies.privately(call, messagesFor(call.language).second.menu.ownOnly);
    return undefined;
  },
  async open(call, services, source, click) {
    const { route, request } = source;
    const messages = messagesFor(call.language);
    if (route === undefined) return routeOff(call, services, source);
    const slots = pictureSlots(request, route);
    if (slots.length === 0) return services.replies.privately(call, messages.pictures.noneTaken);
    const form = picturesForm(slots, formId(SENT_ACTION, click), messages);
    await services.replies.openModal(call, form);
  },
};

/** The button "Pictures…" of a video's menu: opens a form for other pictures. */
export const pictureButtons = wayHandlers(PICTURES);

/** That form, sent: makes the request with the new pictures in place of those that it had. */
export const pictureForms = formHandlers(
  SENT_ACTION,
  PICTURES,
  async (call, services, source, click) => {
    const { task, route } = source;
    if (route === undefined) return routeOff(call, services, source);
    const pictures = readPictures(call, pictureSlots(source.request, route));
    if (pictures === undefined) {
      return services.replies.privately(call, messagesFor(call.language).pictures.noneGiven);
    }
    const rest = { task, route, request: withoutPictures(source.request) };
    const others = await withMediaAgain(call, services, rest);
    if (others === undefined) return;
    const request = withPictures(others, pictures);
    const origin = originOf(task, 'pictures');
    await makeVideo(call, services, { route, request, ...click, origin });
  },
);
