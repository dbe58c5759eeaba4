import { lastFrameWithin } from '../src/app/second/find-last-frame.ts';
import { originOf } from '../src/app/second/source-task.ts';
import { currentRoute } from '../src/domain/tasks/plan.ts';
import { continuedRequest } from '../src/domain/ways/continued-request.ts';
import type {
  ComponentCall,
  ComponentHandler,
  ModalCall,
  CommandServices,
  ModalHandler,
} from '../src/discord/command.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { answerIfMaking } from '../src/discord/second/answer-if-making.ts';
import { clipOfTask } from '../src/discord/second/clip-of-task.ts';
import { readContinuation } from '../src/discord/second/continue-form.ts';
import { CONTINUED_ACTION, openContinueForm } from '../src/discord/second/open-continue-form.ts';
import { enteredOrAnswered, withTyped } from '../src/discord/second/read-or-answered.ts';
import { sourceOfClick } from '../src/discord/second/source-of-click.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';

/** The button "Continue" under a video: opens a form for a video that begins where this one ends. */
export const continueVideo: ComponentHandler = {
  action: 'continue',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    if (await answerIfMaking(call, services, claimOf(call, taskId))) return;
    await openContinueForm(call, services, source, {
      clip: clipOfTask(source.task, call.message),
    });
  },
};

/** The same beside the link to the video that the last one is making. */
export const continueVideoAnother: ComponentHandler = {
  action: 'continue-another',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    await openContinueForm(call, services, source, {
      // The click is on a private message: the clip is found by the task's own.
      clip: clipOfTask(source.task, undefined),
      sentAction: CONTINUED_ANOTHER_ACTION,
    });
  },
};

const CONTINUED_ANOTHER_ACTION = 'continued-another';

const claimOf = ({ member }: Pick<ComponentCall, 'member'>, sourceId: string) => ({
  memberId: member.user.id,
  sourceId,
  action: 'continue',
});

/** That form, sent. */
export const continuedVideo = continuedForm(CONTINUED_ACTION, {});
/** The same, although another video of that button is not finished. */
export const continuedVideoAnother = continuedForm(CONTINUED_ANOTHER_ACTION, { isAnother: true });

function continuedForm(action: string, how: { readonly isAnother?: true }): ModalHandler {
  return {
    action,
    asCommand: 'video',
    run: async (call, taskId, services) => {
      const source = await sourceOfClick(call, services, taskId);
      if (source === undefined) return;
      const entry = await enteredOrAnswered(
        call,
        services,
        readContinuation(call, services.routesOn),
      );
      if (entry === undefined) return;
      const frame = await frameInTime(call, services, source);
      if (typeof frame !== 'object') {
        const messages = messagesFor(call.language);
        const why = messages.continuing[frame === 'late' ? 'frameLate' : 'noFrame'];
        return services.replies.privately(call, withTyped(why, entry.prompt, messages));
      }
      const made = currentRoute(source.task);
      await makeVideo(call, services, {
        route: entry.route,
        request: continuedRequest({ request: source.request, made, frame }, entry),
        claim: claimOf(call, taskId),
        ...how,
        origin: originOf(source.task, 'continue'),
      });
    },
  };
}

/** Discord waits 3 s for an answer, and the decision comes after this; in milliseconds. */
const FRAME_LIMIT_MS = 1300;

async function frameInTime(
  call: ModalCall,
  services: CommandServices,
  { task }: ClickedTask,
): ReturnType<typeof lastFrameWithin> {
  const elapsed = services.clock.elapsed();
  const spentMs = elapsed - (call.receivedElapsed ?? elapsed);
  const clip = clipOfTask(task, call.message);
  return lastFrameWithin(FRAME_LIMIT_MS - spentMs, services, task, clip);
}
