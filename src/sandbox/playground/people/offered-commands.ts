import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { Command } from '../protocol/commands.ts';

/**
 * Returns by channel the commands that Discord's client would offer; guild commands before global
 * ones.
 */
export function offeredCommands(
  discord: SimulatedDiscord,
  personId: string,
): Record<string, readonly Command[]> {
  return Object.fromEntries(
    discord.world
      .guilds()
      .flatMap(({ channels }) => [...channels.keys()])
      .map((id) => [id, discord.offered(personId, id).filter(isCommand)]),
  );
}

/** Narrows the type; the simulation has validated the command at its registration. */
function isCommand(
  definition: Readonly<Record<string, unknown>>,
): definition is typeof definition & Command {
  return typeof definition['id'] === 'string' && typeof definition['name'] === 'string';
}
