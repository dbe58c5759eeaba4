import { closeConfirmed } from './confirm/close-confirmed.ts';
import { nameOrAnswered } from './assets/name-or-answered.ts';
import type { Place } from './interaction.ts';
import { messagesFor } from './messages/messages-for.ts';
import { askForModel } from './models/ask-for-model.ts';
import { acceptanceAnswer } from './render/acceptance-answer.ts';
import type { Served } from './served.ts';
import { answerMadeAlready } from './second/answer-made-already.ts';
import { answerPaused } from './second/answer-paused.ts';
import { answerUnreadableDuration, answerWithChange } from './second/answer-with-change.ts';
import { answerWithWays } from './second/answer-with-ways.ts';
import { routesHere } from './second/routes-here.ts';
import { videoCall } from './video-call.ts';
import type { MakingServices, Wanted } from './wanted.ts';

/**
 * Makes a video: the one way from any command, button or form to a task. The caller gets the public
 * reply of the task, or a private answer that says why there is none and how to go on.
 */
export async function makeVideo(
  call: Place & Served,
  services: MakingServices,
  asked: Wanted,
): Promise<void> {
  const { acceptVideo, replies } = services;
  const request = await nameOrAnswered(call, services, asked.request);
  if (request === undefined) return;
  const wanted: Wanted = { ...asked, request };
  const { typedDuration } = wanted;
  if (typedDuration !== undefined) {
    return answerUnreadableDuration(call, services, { ...wanted, typedDuration });
  }
  const made = withMessageId(videoCall(call, services));
  const acceptance = await acceptVideo({ ...made.call, ...wanted });
  if (acceptance.kind === 'invalid') {
    return answerWithWays(call, services, { ...wanted, issues: acceptance.issues });
  }
  if (acceptance.kind === 'already-made') {
    return answerMadeAlready(call, services, { ...wanted, made: acceptance.task });
  }
  if (acceptance.kind === 'provider-paused') {
    return answerPaused(call, services, { ...wanted, ...acceptance });
  }
  const answer = acceptanceAnswer(acceptance, wanted.route, messagesFor(call.language), services);
  const denial = acceptance.kind === 'denied' ? acceptance.denial.kind : undefined;
  if (denial === 'route') {
    const allowed = await routesHere(call, services);
    await askForModel(call, services, { ...wanted, allowed, why: answer?.content });
  } else if (answer !== undefined && denial === 'word') {
    await answerWithChange(call, services, { ...wanted, why: answer.content });
  } else if (answer !== undefined) {
    await replies.privately(call, answer);
  }
  await closeConfirmed(call, services, { ...wanted, acceptance, messageId: made.messageId() });
}

type GivenCall = ReturnType<typeof videoCall>;

/** The same call, which remembers the id of its public reply. */
function withMessageId(call: GivenCall): {
  readonly call: GivenCall;
  readonly messageId: () => string | undefined;
} {
  let messageId: string | undefined;
  const acknowledge: GivenCall['acknowledge'] = async () => {
    const answer = await call.acknowledge();
    if (answer.kind === 'acknowledged') ({ messageId } = answer);
    return answer;
  };
  return { call: { ...call, acknowledge }, messageId: () => messageId };
}
