import { isOffered } from '../../../simulators/discord/actors/find-command.ts';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { Command } from '../protocol/commands.ts';
import { GUILDS } from './people.ts';

/** By guild, what Discord's client would offer this person; the guild's own commands before global ones. */
export function offeredCommands(
  discord: SimulatedDiscord,
  personId: string,
): Record<string, readonly Command[]> {
  return Object.fromEntries(
    GUILDS.map(({ id }) => {
      const member = discord.world.guild(id)?.members.get(personId);
      const definitions = [...discord.commands(id), ...discord.commands()].filter(isCommand);
      return [id, definitions.filter((one) => member !== undefined && isOffered(one, member))];
    }),
  );
}

/** The simulation judged it when it was registered; this says to the compiler what it then is. */
function isCommand(
  definition: Readonly<Record<string, unknown>>,
): definition is typeof definition & Command {
  return typeof definition['id'] === 'string' && typeof definition['name'] === 'string';
}
