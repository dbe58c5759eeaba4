import type { Place } from './interaction.ts';
import { messagesFor } from './messages/messages-for.ts';
import { acceptanceAnswer } from './render/acceptance-answer.ts';
import type { Served } from './served.ts';
import { answerMadeAlready } from './second/answer-made-already.ts';
import { answerWithWays } from './second/answer-with-ways.ts';
import { videoCall } from './video-call.ts';
import type { MakingServices, Wanted } from './wanted.ts';

/**
 * Makes a video: the one way from any command, button or form to a task. The caller gets the public
 * reply of the task, or a private answer that says why there is none and how to go on.
 */
export async function makeVideo(
  call: Place & Served,
  services: MakingServices,
  wanted: Wanted,
): Promise<void> {
  const { acceptVideo, replies } = services;
  const acceptance = await acceptVideo({ ...videoCall(call, services), ...wanted });
  if (acceptance.kind === 'invalid') {
    return answerWithWays(call, services, { ...wanted, issues: acceptance.issues });
  }
  if (acceptance.kind === 'already-made') {
    return answerMadeAlready(call, services, { ...wanted, made: acceptance.task });
  }
  const answer = acceptanceAnswer(acceptance, wanted.route, messagesFor(call.language), services);
  if (answer !== undefined) await replies.privately(call, answer);
}
