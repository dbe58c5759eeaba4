import { originOf } from '../src/app/second/source-task.ts';
import { mayBeCharged } from '../src/domain/tasks/second-ways.ts';
import type {
  ComponentCall,
  ComponentHandler,
  CommandServices,
  ModalHandler,
} from '../src/discord/command.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { answerIfMaking } from '../src/discord/second/answer-if-making.ts';
import { askBecauseHeld } from '../src/discord/second/ask-because-held.ts';
import { readOrAnswered } from '../src/discord/second/read-or-answered.ts';
import { isEditable } from '../src/discord/second/form-fields.ts';
import { requestForm } from '../src/discord/second/request-form.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import { sourceOfClick, withMediaAgain } from '../src/discord/second/source-of-click.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';

const SENT_ACTION = 'edited';
const SENT_ANOTHER_ACTION = 'edited-another';

/** The button "Edit" under a video: opens a form with its request. */
export const editVideo: ComponentHandler = {
  action: 'edit',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    if (mayBeCharged(source.task)) return askBecauseHeld(call, services, 'edit', taskId);
    if (await answerIfMaking(call, services, claimOf(call, taskId))) return;
    await openForm(call, services, source);
  },
};

/** The same after the question whether to go on although the first video may be charged. */
export const editVideoAnyway: ComponentHandler = {
  action: 'edit-anyway',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source !== undefined) await openForm(call, services, source);
  },
};

/** The same beside the link to the video that the last one is making. */
export const editVideoAnother: ComponentHandler = {
  action: 'edit-another',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source !== undefined) await openForm(call, services, source, SENT_ANOTHER_ACTION);
  },
};

const claimOf = ({ member }: Pick<ComponentCall, 'member'>, sourceId: string) => ({
  memberId: member.user.id,
  sourceId,
  action: 'edit',
});

async function openForm(
  call: ComponentCall,
  services: CommandServices,
  source: ClickedTask,
  sentAction = SENT_ACTION,
): Promise<void> {
  const messages = messagesFor(call.language);
  if (!isEditable(source.request)) {
    return services.replies.privately(call, messages.second.refused.tooLongToEdit);
  }
  const customId = `${sentAction}:${source.task.id}`;
  const routes = await routesHere(call, services);
  await services.replies.openModal(call, requestForm(source, { customId, routes }, messages));
}

/** The form of "Edit", sent: makes the changed request, which may be refused like any other. */
export const editedVideo = editedForm(SENT_ACTION, {});
/** The same, although another video of that button is not finished. */
export const editedVideoAnother = editedForm(SENT_ANOTHER_ACTION, { isAnother: true });

function editedForm(action: string, how: { readonly isAnother?: true }): ModalHandler {
  return {
    action,
    asCommand: 'video',
    run: async (call, taskId, services) => {
      const source = await sourceOfClick(call, services, taskId);
      if (source === undefined) return;
      const entry = await readOrAnswered(call, services, source.request);
      if (entry === undefined) return;
      const request = await withMediaAgain(call, services, { ...source, ...entry });
      if (request === undefined) return;
      await makeVideo(call, services, {
        route: entry.route,
        request,
        claim: claimOf(call, taskId),
        ...how,
        origin: originOf(source.task, 'edit'),
      });
    },
  };
}
