import { setTimeout as wait } from 'node:timers/promises';
import type { InteractionHandle, MemberActor } from '../../simulators/discord/actors/api.ts';
import { opensForm, settled } from './answers.ts';
import type { RoundContext } from './round-context.ts';
import type { SentCommand } from './sent-command.ts';
import { PROMPT } from './trouble-tables.ts';

/** The longest time between two sends of a form, in which the first is recorded or not yet. */
export const MAX_BETWEEN_MS = 100;

/** A form that an interaction opens, if the bot is there and allows it. */
export interface OpenedForm extends Pick<SentCommand, 'request'> {
  readonly member: MemberActor;
  readonly opened: InteractionHandle;
  readonly place: Pick<SentCommand, 'guildId' | 'channelId'>;
  /** The command whose prompt the form keeps; without one it gets a prompt of its own. */
  readonly repeats?: SentCommand;
  readonly values?: Parameters<MemberActor['modalSubmit']>[1];
  readonly isInvalid?: boolean;
}

/** Sends the form once or twice; each is a command like any other. */
export async function sendForm(
  { commands, labelStart, dice }: RoundContext,
  { number, times }: { readonly number: number; readonly times: number },
  { member, opened, place, request, repeats, values, isInvalid = false }: OpenedForm,
): Promise<void> {
  if (!(await opensForm(opened))) return;
  const label = repeats?.label ?? `take-${labelStart}${number}-z`;
  const prompt = repeats?.prompt ?? `${label} ${PROMPT}`;
  const entered = { ...(repeats === undefined ? { prompt } : {}), ...values };
  for (let time = 0; time < times; time += 1) {
    const handle = await member.modalSubmit(opened, entered, { raw: true });
    const memberId = member.id;
    commands.push({ label, prompt, request, memberId, ...place, isInvalid, handle });
    // The second one finds the record of the first, if that has one by then.
    await settled(handle);
    if (times > 1) await wait(dice('between', number) * MAX_BETWEEN_MS);
  }
}
