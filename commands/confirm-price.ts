import type { Agreement } from '../src/app/admission.ts';
import { checkConfirmation } from '../src/app/check-confirmation.ts';
import type { PendingConfirmation, UsedUp } from '../src/app/ports/confirmation-port.ts';
import { neededCommands } from '../src/discord/access/needed-commands.ts';
import { whyRestricted } from '../src/discord/access/why-restricted.ts';
import type { CommandServices, ComponentCall, ComponentHandler } from '../src/discord/command.ts';
import { closeQuestion } from '../src/discord/confirm/close-question.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import {
  CONFIRM_CHEAPER_PREFIX,
  CONFIRM_PREFIX,
} from '../src/discord/render/confirmation-answer.ts';
import { modelOffText } from '../src/discord/render/models-text.ts';
import type { MakingServices } from '../src/discord/wanted.ts';
import type { VideoRequest } from '../src/domain/routes/request.ts';

/** The button under a price: checks the request again and starts its task, once. */
export const confirmPrice: ComponentHandler = {
  action: CONFIRM_PREFIX,
  asCommand: 'video',
  async run(call, id, services) {
    const pending = await services.confirmations.get(id);
    await confirm(call, pending && { pending, request: pending.request }, services);
  },
};

/** The button beside it: the same at the lower resolution and the price that it shows. */
export const confirmCheaper: ComponentHandler = {
  action: CONFIRM_CHEAPER_PREFIX,
  asCommand: 'video',
  async run(call, id, services) {
    const pending = await services.confirmations.get(id);
    await confirm(call, pending && cheaperOf(pending), services);
  },
};

/** What a click asks for: the pending request, or the lower resolution at its own price. */
interface Choice {
  readonly pending: PendingConfirmation;
  readonly request: VideoRequest;
  readonly agreed?: Agreement;
}

function cheaperOf(pending: PendingConfirmation): Choice | undefined {
  const { request, cheaper } = pending;
  if (cheaper === undefined) return undefined;
  const { resolution, shown } = cheaper;
  return { pending, request: { ...request, resolution }, agreed: { shown, by: 'choice' } };
}

async function confirm(
  call: ComponentCall,
  choice: Choice | undefined,
  services: CommandServices,
): Promise<void> {
  const messages = messagesFor(call.language);
  const { answers } = messages;
  const { replies } = services;
  const click = { guildId: call.guildId, memberId: call.member.user.id, at: call.receivedAt };
  const verdict = checkConfirmation(choice?.pending, click);
  if (choice === undefined || verdict === 'gone') {
    return replies.privately(call, answers.confirmationGone);
  }
  if (verdict === 'of-another') return replies.privately(call, answers.confirmationOfOther);
  const { pending, request, agreed } = choice;
  const restricted = await whyRestricted(call, services, neededCommands(pending.claim));
  if (restricted !== undefined) return replies.privately(call, restricted);
  if (verdict === 'too-late') {
    await replies.privately(call, messages.confirm.expired);
    return closeQuestion(pending, messages.confirm.expired, services);
  }
  const route = services.routesOn.find((known) => known.id === pending.route);
  if (route === undefined) {
    return replies.privately(call, modelOffText(services.routesOn, messages));
  }
  await makeVideo(call, services, {
    route,
    request,
    // Of a lower resolution it may not be true.
    auto: agreed === undefined ? pending.auto : undefined,
    leftOut: pending.leftOut,
    confirms: pending,
    agreed,
    origin: pending.origin,
    claim: pending.claim,
    usesUp: await besideOf(pending, services),
    isAnother: pending.isAnother,
  });
}

/** The offer under which the price was asked for: the task uses it up as well. */
async function besideOf(
  { usesUp: id }: PendingConfirmation,
  { confirmations }: Pick<MakingServices, 'confirmations'>,
): Promise<UsedUp | undefined> {
  return id === undefined ? undefined : ((await confirmations.get(id)) ?? { id });
}
