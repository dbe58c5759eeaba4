import { taskOfMessage } from '../src/app/second/task-of-message.ts';
import { allowedRoutes } from '../src/domain/allowed-routes.ts';
import { mimeTypeOf } from '../src/domain/routes/mime-type.ts';
import type { Attachment } from '../src/domain/routes/request.ts';
import type {
  CommandServices,
  MessageCommand,
  MessageCommandCall,
  ModalHandler,
} from '../src/discord/command.ts';
import { ANIMATE_COMMANDS, ANIMATE_NAME } from '../src/discord/access/needed-commands.ts';
import { clipAmong } from '../src/discord/clip-among.ts';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../src/discord/discord-js.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import type { TargetMessage } from '../src/discord/message-command-interaction.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { defaultAmong } from '../src/discord/models/default-among.ts';
import {
  animateForm,
  animatedMedia,
  animatingRoutes,
  readAnimation,
} from '../src/discord/second/animate-form.ts';
import { findOffer } from '../src/discord/second/find-offer.ts';
import { makeContinuation } from '../src/discord/second/make-continuation.ts';
import { keptOrWithout } from '../src/discord/second/or-without.ts';
import { openContinueForm } from '../src/discord/second/open-continue-form.ts';
import { enteredOrAnswered, withTyped } from '../src/discord/second/read-or-answered.ts';
import { typedPrompt } from '../src/discord/second/read-fields.ts';
import { sourceOfClick } from '../src/discord/second/source-of-click.ts';
import { toAttachment } from '../src/discord/to-attachment.ts';

const SENT_ACTION = 'animated';
/** The form to go on from a clip, opened by Animate. */
const CONTINUED_ACTION = 'animated-on';

/** "Animate" in the menu of a message: a video of its pictures, or one that goes on from its clip. */
export const animate: MessageCommand = {
  name: ANIMATE_NAME.text,
  define: () => ({
    name: ANIMATE_NAME.text,
    name_localizations: ANIMATE_NAME.localizations,
    type: ApplicationCommandType.Message,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }),
  async run(call, services) {
    const { target } = call;
    const { animating } = messagesFor(call.language);
    if (target === undefined) return services.replies.privately(call, animating.noPictures);
    const task = await taskOfMessage(services, call, target);
    if (task !== undefined) {
      const source = await sourceOfClick(call, services, task.id);
      if (source === undefined) return;
      const form = { clip: clipAmong(target.files), customId: `${CONTINUED_ACTION}:${task.id}` };
      return openContinueForm(call, services, source, form);
    }
    const pictures = target.files.map(toAttachment).filter(isPicture).slice(0, 2);
    if (pictures.length === 0) return services.replies.privately(call, animating.noPictures);
    if (!(await mayAnimate(call, services, target))) {
      return services.replies.privately(call, animating.ownOnly);
    }
    await openForm(call, services, { target, pictures });
  },
};

function isPicture(attachment: Attachment): boolean {
  return mimeTypeOf(attachment)?.startsWith('image/') === true;
}

/** One's own messages and the bot's, where the server does not let members animate all of them. */
async function mayAnimate(
  { guildId, member, applicationId }: MessageCommandCall,
  { guilds }: Pick<CommandServices, 'guilds'>,
  { authorId, sentBy }: TargetMessage,
): Promise<boolean> {
  // A bot's user has the id of its application.
  const isOfBot = sentBy === applicationId || authorId === applicationId;
  if (isOfBot || authorId === member.user.id) return true;
  return (await guilds.get(guildId)).animate === 'everyone';
}

async function openForm(
  call: MessageCommandCall,
  services: CommandServices,
  {
    target,
    pictures,
  }: { readonly target: TargetMessage; readonly pictures: readonly Attachment[] },
): Promise<void> {
  const { replies } = services;
  const messages = messagesFor(call.language);
  const media = animatedMedia(pictures);
  const memberId = call.member.user.id;
  const [preferences, settings] = await Promise.all([
    services.preferences.get(memberId),
    services.guilds.get(call.guildId),
  ]);
  const routes = allowedRoutes(services.routesOn, settings);
  const offered = animatingRoutes(routes, media);
  const defaults = [preferences.model, settings.defaultModel];
  const chosen = defaultAmong(offered, defaults, services) ?? offered[0];
  if (chosen === undefined) return replies.privately(call, messages.animating.noModel);
  const id = await keptOrWithout(call, services, {
    interactionId: call.id,
    guildId: call.guildId,
    memberId,
    route: chosen.id,
    request: { prompt: '', media },
    origin: { action: 'animate', channelId: call.channelId, messageId: target.id },
    claim: { memberId, sourceId: target.id, action: 'animate' },
  });
  if (id === undefined) return replies.privately(call, messages.second.wayOn.notKept);
  const form = { customId: `${SENT_ACTION}:${id}`, routes, chosen };
  await replies.openModal(call, animateForm(media, form, messages));
}

/** That form, sent: a video of the pictures, with the member's preferences for what was left open. */
export const animated: ModalHandler = {
  action: SENT_ACTION,
  asCommand: ANIMATE_COMMANDS,
  async run(call, offerId, services) {
    const messages = messagesFor(call.language);
    const { replies, routesOn } = services;
    const offer = await findOffer(call, services, offerId);
    if (typeof offer === 'string') {
      const answer = withTyped(messages.animating.gone, typedPrompt(call), messages);
      return replies.privately(call, answer);
    }
    const read = readAnimation(call, offer.request.media, routesOn);
    const entry = await enteredOrAnswered(call, services, read);
    if (entry === undefined) return;
    const { route, typedDuration } = entry;
    const filled = await services.fillIn(offer.memberId, route, entry.request);
    if ('kind' in filled) {
      const why = messages.answers.storeDown(filled.reference);
      return replies.privately(call, withTyped(why, entry.request.prompt, messages));
    }
    const { origin, claim } = offer;
    const made = { route, ...filled, typedDuration, usesUp: offer, origin, claim };
    await makeVideo(call, services, made);
  },
};

/** The form to go on from a clip, opened by Animate and sent: a click of its own beside Continue. */
export const animatedOn: ModalHandler = {
  action: CONTINUED_ACTION,
  asCommand: ANIMATE_COMMANDS,
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    const claim = { memberId: call.member.user.id, sourceId: source.task.id, action: 'animate' };
    await makeContinuation(call, services, source, { claim });
  },
};
