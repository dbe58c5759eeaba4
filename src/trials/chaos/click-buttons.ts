import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';
import { pickFrom } from './dice.ts';
import type { RoundContext } from './round-context.ts';

/** Confirms the price of an earlier command, perhaps one that is confirmed already. */
export async function click(
  { dice, commands, members }: RoundContext,
  times: number,
  index: number,
): Promise<void> {
  const waiting = commands.filter(({ handle }) => buttonOf(handle) !== undefined);
  const command = pickFrom(waiting, dice('clicked', index));
  const member = members.find(({ id }) => id === command?.memberId);
  const message = command?.handle.message();
  const customId = command === undefined ? undefined : buttonOf(command.handle);
  if (command === undefined || !member || !message || customId === undefined) return;
  for (let time = 0; time < times; time += 1) {
    commands.push({ ...command, handle: await member.click(message, customId) });
  }
}

/** Cancels a waiting video as its caller, or sometimes as a member who may not. */
export async function cancel(
  { dice, commands, members, incidents }: RoundContext,
  index: number,
): Promise<void> {
  const waiting = commands.filter(({ handle }) => cancelOf(handle) !== undefined);
  const command = pickFrom(waiting, dice('taken back', index));
  const message = command?.handle.message();
  const customId = command === undefined ? undefined : cancelOf(command.handle);
  const isCaller = dice('by its caller', index) < 0.8;
  const member = members.find(({ id, guildId }) => {
    return isCaller
      ? id === command?.memberId
      : id !== command?.memberId && guildId === command?.guildId;
  });
  if (command === undefined || !member || !message || customId === undefined) return;
  if (isCaller) incidents.record('cancel:clicked', command);
  await member.click(message, customId);
}

/** The button by which a waiting video is cancelled; `undefined` if its message has none. */
export function cancelOf(handle: InteractionHandle): string | undefined {
  const message = handle.message();
  if (message === null || message.deleted) return undefined;
  return message.buttons.find(({ customId }) => customId?.startsWith('cancel:') === true)?.customId;
}

function buttonOf(handle: InteractionHandle): string | undefined {
  const message = handle.message();
  if (message === null || !message.ephemeral || message.deleted) return undefined;
  // Other private messages offer what is no confirmation: to make a refused request differently.
  return message.buttons.find(
    ({ disabled, customId }) => !disabled && customId?.startsWith('confirm:') === true,
  )?.customId;
}
