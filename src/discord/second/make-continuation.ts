import { lastFrameWithin } from '../../app/second/find-last-frame.ts';
import { originOf } from '../../app/second/source-task.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import { continuedRequest } from '../../domain/ways/continued-request.ts';
import type { CommandServices, ModalCall } from '../command.ts';
import { makeVideo } from '../make-video.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { clipOfTask } from './clip-of-task.ts';
import { readContinuation } from './continue-form.ts';
import { enteredOrAnswered, withTyped } from './read-or-answered.ts';
import type { ClickedTask } from './source-of-click.ts';
import type { Click } from './way-handlers.ts';

/** The form to go on from a clip, sent: makes the video that begins with its last picture. */
export async function makeContinuation(
  call: ModalCall,
  services: CommandServices,
  source: ClickedTask,
  click: Click,
): Promise<void> {
  const read = readContinuation(call, services.routesOn);
  const entry = await enteredOrAnswered(call, services, read);
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
    typedDuration: entry.typedDuration,
    request: continuedRequest({ request: source.request, made, frame }, entry),
    ...click,
    origin: originOf(source.task, 'continue'),
  });
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
