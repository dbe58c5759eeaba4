import { clickerOf } from './clickers.ts';
import { subjectOf } from './custom-ids.ts';
import { pickFrom } from './dice.ts';
import { videosWith } from './find-buttons.ts';
import type { RoundContext } from './round-context.ts';
import type { ScriptStep } from './script-step.ts';
import { sendForm } from './send-forms.ts';
import { mediumOf } from './shared-media.ts';

type Second = Extract<ScriptStep, { kind: 'second' }>;

/** Posts a picture and uses "Animate" on it, or has another member do so, who may not. */
export async function animatePicture(context: RoundContext, step: Second): Promise<void> {
  const { testbed, dice, members } = context;
  const author = pickFrom(members, dice('animated', step.number));
  const guild = testbed.discord.world.guild(author?.guildId ?? '');
  const channel = pickFrom([...(guild?.channels.values() ?? [])], dice('shown in', step.number));
  if (author === undefined || channel === undefined) return;
  const { guildId } = author;
  const member = clickerOf(context, { memberId: author.id, guildId }, step.by, step.number);
  if (member === undefined) return;
  const picture = await author.post(channel.id, 'look at this', [
    mediumOf(context.media, guildId, 'frame').file,
  ]);
  const target = { messageId: picture.id };
  const opened = await member.contextMenu(channel.id, 'Animate', target, { raw: true });
  await sendForm(context, step, {
    member,
    opened,
    place: { guildId, channelId: channel.id },
    request: { key: `${member.id} animate:${picture.id}`, isRepeatable: true },
    isInvalid: step.by !== 'caller',
  });
}

/** Uses "Animate" on a video of the bot, which goes on from it as "Continue" does. */
export async function animateVideo(context: RoundContext, step: Second): Promise<void> {
  const found = pickFrom(videosWith(context, 'continue'), context.dice('animated', step.number));
  if (found === undefined) return;
  const { command, message, customId } = found;
  const member = clickerOf(context, command, step.by, step.number);
  if (member === undefined) return;
  const { channelId } = message;
  const target = { messageId: message.id };
  const opened = await member.contextMenu(channelId, 'Animate', target, { raw: true });
  await sendForm(context, step, {
    member,
    opened,
    place: { guildId: command.guildId, channelId },
    // A click of its own beside the button's.
    request: { key: `${member.id} animate:${subjectOf(customId)}`, isRepeatable: true },
  });
}
