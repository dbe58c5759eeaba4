import { setTimeout as wait } from 'node:timers/promises';
import type { InteractionHandle, MemberActor } from '../../simulators/discord/actors/api.ts';
import { animatePicture, animateVideo } from './animate-pictures.ts';
import { privateAnswer, settled } from './answers.ts';
import { READY_MS } from './backstops.ts';
import { clickerOf } from './clickers.ts';
import { customIdIn, subjectOf, valuesIn } from './custom-ids.ts';
import { pickFrom } from './dice.ts';
import { videosWith } from './find-buttons.ts';
import type { FoundButton } from './find-buttons.ts';
import { mendRefusal } from './mend-refusals.ts';
import type { RoundContext } from './round-context.ts';
import type { ScriptStep } from './script-step.ts';
import { MAX_BETWEEN_MS, sendForm } from './send-forms.ts';
import { mediumOf } from './shared-media.ts';

type Second = Extract<ScriptStep, { kind: 'second' }>;

/** How long a finished video is waited for, in milliseconds. */
const FINISHED_MS = 300;

/** A member makes another video from one that ended, or from a picture, or mends a refusal. */
export async function secondVideo(context: RoundContext, step: Second): Promise<void> {
  const { dice, supervisor } = context;
  // As with a command, most people do not click while the bot is offline.
  if (dice('clicked at any time', step.number) < 0.8) await supervisor.ready(READY_MS);
  switch (step.way) {
    case 'again':
      return clickAgain(context, step);
    case 'higher':
    case 'other':
      return chooseWay(context, step, step.way);
    case 'edit':
    case 'continue':
      return fillForm(context, step, step.way);
    case 'pictures':
      return changePictures(context, step);
    case 'mend':
      return mendRefusal(context, step);
    case 'animate-picture':
      return animatePicture(context, step);
    case 'animate-video':
      return animateVideo(context, step);
  }
}

/** A video with that button and the member who clicks it; `undefined` if there is none. */
async function foundFor(
  context: RoundContext,
  { number, by }: Second,
  action: string,
): Promise<(FoundButton & { readonly member: MemberActor }) | undefined> {
  const until = Date.now() + FINISHED_MS;
  let all = videosWith(context, action);
  while (all.length === 0 && Date.now() < until) {
    await wait(20);
    all = videosWith(context, action);
  }
  const found = pickFrom(all, context.dice('second of', number));
  if (found === undefined) return undefined;
  const member = clickerOf(context, found.command, by, number);
  return member === undefined ? undefined : { ...found, member };
}

/** Clicks "Again", perhaps twice: before the first click is answered, or once it is. */
async function clickAgain(context: RoundContext, step: Second): Promise<void> {
  const found = await foundFor(context, step, 'again');
  if (found === undefined) return;
  const { command, message, customId, member } = found;
  const isAtOnce = context.dice('again at once', step.number) < 0.4;
  for (let time = 0; time < step.times; time += 1) {
    const handle = await member.click(message, customId, { raw: true });
    context.commands.push({
      ...command,
      request: { key: `${member.id} ${customId}`, isRepeatable: true },
      memberId: member.id,
      channelId: message.channelId,
      isInvalid: false,
      handle,
    });
    if (isAtOnce) continue;
    await settled(handle);
    if (step.times > 1) await wait(context.dice('between', step.number) * MAX_BETWEEN_MS);
  }
}

/** A position that no menu has: it has 25 at most. */
const NOT_OFFERED = '25';

/** Opens "Higher quality" or "Another model" and chooses one, sometimes one that is not offered. */
async function chooseWay(
  context: RoundContext,
  step: Second,
  action: 'higher' | 'other',
): Promise<void> {
  const found = await foundFor(context, step, action);
  if (found === undefined) return;
  const { command, message, customId, member } = found;
  const { dice, commands } = context;
  const offer = await privateAnswer(await member.click(message, customId, { raw: true }));
  const menu = customIdIn(offer, 'choose');
  if (offer === undefined || menu === undefined) return;
  const isInvalid = dice('not offered', step.number) < 0.2;
  const value = isInvalid ? NOT_OFFERED : pickFrom(valuesIn(offer), dice('way', step.number));
  if (value === undefined) return;
  for (let time = 0; time < step.times; time += 1) {
    const handle = await member.selectMenu(offer, menu, [value], { raw: true });
    commands.push({
      ...command,
      request: { key: `${member.id} ${customId}`, isRepeatable: true },
      memberId: member.id,
      channelId: offer.channelId,
      isInvalid,
      handle,
    });
  }
}

/** Opens the form of "Edit" or "Continue" and sends it with a prompt of its own, perhaps twice. */
async function fillForm(
  context: RoundContext,
  step: Second,
  action: 'edit' | 'continue',
): Promise<void> {
  const found = await foundFor(context, step, action);
  if (found === undefined) return;
  const { command, message, customId, member } = found;
  const opened = await member.click(message, customId, { raw: true });
  await sendForm(context, step, {
    member,
    opened,
    place: { guildId: command.guildId, channelId: message.channelId },
    request: { key: `${member.id} ${customId}`, isRepeatable: true },
  });
}

/** Opens "Pictures…" from the menu ⋯, which offers it to the caller alone, and sends a picture. */
async function changePictures(context: RoundContext, step: Second): Promise<void> {
  const found = await foundFor(context, step, 'more');
  if (found === undefined) return;
  const { command, message, member } = found;
  const customId = `pictures:${subjectOf(found.customId)}`;
  const menu = await privateAnswer(await member.click(message, found.customId, { raw: true }));
  if (menu === undefined) return;
  const opened: InteractionHandle = await member.click(menu, customId, { raw: true });
  await sendForm(context, step, {
    member,
    opened,
    place: { guildId: command.guildId, channelId: message.channelId },
    request: { key: `${member.id} ${customId}`, isRepeatable: true },
    repeats: command,
    values: { first_frame: [mediumOf(context.media, command.guildId, 'frame').file] },
    isInvalid: member.id !== command.memberId,
  });
}
