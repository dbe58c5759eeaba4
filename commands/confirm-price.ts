import { checkConfirmation } from '../src/app/check-confirmation.ts';
import type { ComponentCall, ComponentHandler } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { CONFIRM_PREFIX } from '../src/discord/render/acceptance-answer.ts';
import { unknownModelText } from '../src/discord/render/models-text.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import type { MakingServices } from '../src/discord/wanted.ts';

/** The button under a price: checks the request again and starts its task, once. */
export const confirmPrice: ComponentHandler = {
  action: CONFIRM_PREFIX,
  asCommand: 'video',
  run,
};

async function run(call: ComponentCall, id: string, services: MakingServices): Promise<void> {
  const messages = messagesFor(call.language);
  const { answers } = messages;
  const pending = await services.confirmations.get(id);
  const click = { guildId: call.guildId, memberId: call.member.user.id, at: call.receivedAt };
  const verdict = checkConfirmation(pending, click);
  if (pending === undefined || verdict !== 'good') {
    const why = {
      good: answers.confirmationGone,
      gone: answers.confirmationGone,
      'of-another': answers.confirmationOfOther,
      'too-late': answers.confirmationExpired,
    }[verdict];
    return services.replies.privately(call, why);
  }
  const route = services.routesOn.find((known) => known.id === pending.route);
  if (route === undefined) {
    return services.replies.privately(call, unknownModelText(services.routesOn, messages));
  }
  await makeVideo(call, services, {
    route,
    request: pending.request,
    leftOut: pending.leftOut,
    confirms: pending,
    origin: pending.origin,
    claim: pending.claim,
    usesUp: pending.usesUp,
  });
}
