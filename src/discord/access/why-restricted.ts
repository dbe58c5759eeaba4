import type { CommandServices } from '../command.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Served } from '../served.ts';

/** Why admins keep a member from one of these commands, in words; `undefined` if they do not. */
export async function whyRestricted(
  call: Place & Served,
  { commandAccess }: Pick<CommandServices, 'commandAccess'>,
  commands: readonly string[],
): Promise<string | undefined> {
  const { restricted, busy } = messagesFor(call.language).answers;
  for (const command of commands) {
    const access = await commandAccess.check(call, command);
    if (access !== 'allowed') return access === 'denied' ? restricted : busy;
  }
  return undefined;
}
