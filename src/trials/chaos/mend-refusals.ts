import { privateAnswer } from './answers.ts';
import { subjectOf, valuesIn } from './custom-ids.ts';
import { pickFrom } from './dice.ts';
import { privateWith } from './find-buttons.ts';
import type { FoundButton } from './find-buttons.ts';
import type { RoundContext } from './round-context.ts';
import { INVALID_VIDEO, send } from './send-videos.ts';
import { sendForm } from './send-forms.ts';
import type { SentCommand } from './sent-command.ts';

/** What a refusal offers: its nearest request, a model that takes it, the form. */
const WAYS_ON = ['make', 'choose', 'change'] as const;

/** A member whose request was refused makes what the refusal offers, once, whichever way. */
export async function mendRefusal(
  context: RoundContext,
  step: { readonly number: number; readonly times: number },
): Promise<void> {
  const { dice, members } = context;
  const action = pickFrom(WAYS_ON, dice('way on', step.number)) ?? 'make';
  const refusals = (): FoundButton[] =>
    privateWith(context, action).filter(({ command }) => command.isInvalid);
  if (refusals().length === 0) await haveOneRefused(context, step.number);
  const refused = refusals();
  const found = pickFrom(refused, dice('mended', step.number));
  const member = members.find(({ id }) => id === found?.command.memberId);
  if (found === undefined || member === undefined) return;
  const { command, message, customId } = found;
  const request = { key: `offer ${subjectOf(customId)}`, isRepeatable: false };
  if (action === 'change') {
    const opened = await member.click(message, customId, { raw: true });
    await sendForm(context, step, { member, opened, place: placeOf(found), request });
    return;
  }
  for (let time = 0; time < step.times; time += 1) {
    const handle =
      action === 'make'
        ? await member.click(message, customId, { raw: true })
        : await member.selectMenu(message, customId, valuesIn(message).slice(0, 1), { raw: true });
    context.commands.push({ ...command, request, isInvalid: false, handle });
  }
}

function placeOf({ command }: FoundButton): Pick<SentCommand, 'guildId' | 'channelId'> {
  return { guildId: command.guildId, channelId: command.channelId };
}

/** The numbers of requests that are made to be refused follow those of the steps. */
const REFUSED_NUMBERS = 300;

async function haveOneRefused(context: RoundContext, number: number): Promise<void> {
  const before = context.commands.length;
  await send(context, number + REFUSED_NUMBERS, INVALID_VIDEO);
  for (const { handle } of context.commands.slice(before)) await privateAnswer(handle);
}
