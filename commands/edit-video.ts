import { originOf } from '../src/app/second/source-task.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { isEditable } from '../src/discord/second/form-fields.ts';
import { readOrAnswered } from '../src/discord/second/read-or-answered.ts';
import { requestForm } from '../src/discord/second/request-form.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import { withMediaAgain } from '../src/discord/second/source-of-click.ts';
import { formHandlers, formId, wayHandlers } from '../src/discord/second/way-handlers.ts';
import type { SecondWay } from '../src/discord/second/way-handlers.ts';

const SENT_ACTION = 'edited';

const EDIT: SecondWay = {
  action: 'edit',
  async open(call, services, source, click) {
    const messages = messagesFor(call.language);
    if (!isEditable(source.request)) {
      return services.replies.privately(call, messages.second.refused.tooLongToEdit);
    }
    const customId = formId(SENT_ACTION, click);
    const routes = await routesHere(call, services);
    await services.replies.openModal(call, requestForm(source, { customId, routes }, messages));
  },
};

/** The button "Edit" under a video: opens a form with its request. */
export const editButtons = wayHandlers(EDIT);

/** That form, sent: makes the changed request, which may be refused like any other. */
export const editForms = formHandlers(SENT_ACTION, EDIT, async (call, services, source, click) => {
  const entry = await readOrAnswered(call, services, source.request);
  if (entry === undefined) return;
  const request = await withMediaAgain(call, services, { ...source, ...entry });
  if (request === undefined) return;
  const origin = originOf(source.task, 'edit');
  const { route, typedDuration } = entry;
  await makeVideo(call, services, { route, request, typedDuration, ...click, origin });
});
