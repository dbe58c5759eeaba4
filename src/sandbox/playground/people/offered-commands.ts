import { isOffered } from '../../../simulators/discord/actors/find-command.ts';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { Command } from '../protocol/commands.ts';
import { GUILDS } from './people.ts';

/** Returns by guild the commands Discord's client would offer; guild commands before global ones. */
export function offeredCommands(
  discord: SimulatedDiscord,
  personId: string,
): Record<string, readonly Command[]> {
  return Object.fromEntries(
    GUILDS.map(({ id }) => {
      const member = discord.world.guild(id)?.members.get(personId);
      const definitions = [...discord.commands(id), ...discord.commands()].filter(isCommand);
      return [
        id,
        definitions.filter((command) => member !== undefined && isOffered(command, member)),
      ];
    }),
  );
}

/** Narrows the type; the simulation has validated the command at its registration. */
function isCommand(
  definition: Readonly<Record<string, unknown>>,
): definition is typeof definition & Command {
  return typeof definition['id'] === 'string' && typeof definition['name'] === 'string';
}
