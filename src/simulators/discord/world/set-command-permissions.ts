import type { Simulation } from '../simulation.ts';
import type { CommandPermission } from './command-permissions.ts';

const MAX_PERMISSIONS = 100;

function idOf(sim: Simulation, guildId: string, command: string | null): string {
  if (command === null) {
    return sim.world.application.id;
  }
  const definitions = [...sim.commands.list(guildId), ...sim.commands.list()];
  const id = definitions.find(({ name }) => name === command)?.['id'];
  if (typeof id !== 'string') {
    throw new TypeError(`there is no command ${command}`);
  }
  return id;
}

/**
 * Sets the overrides of a command, or with `null` those of the application, as an admin does in
 * Server Settings → Integrations; `undefined` removes the entry. The gateway sends the change.
 */
export function setCommandPermissions(
  sim: Simulation,
  guildId: string,
  command: string | null,
  permissions: readonly CommandPermission[] | undefined,
): void {
  if ((permissions?.length ?? 0) > MAX_PERMISSIONS) {
    throw new RangeError(`at most ${MAX_PERMISSIONS} overrides`);
  }
  const id = idOf(sim, guildId, command);
  sim.commandPermissions.set(guildId, id, permissions);
  sim.events.emit('command-permissions', { guildId, id, permissions: permissions ?? [] });
}

/** Returns the overrides of a command, or with `null` those of the application. */
export function readCommandPermissions(
  sim: Simulation,
  guildId: string,
  command: string | null,
): readonly CommandPermission[] {
  return sim.commandPermissions.get(guildId, idOf(sim, guildId, command)) ?? [];
}

/** Renders an entry as the API and the gateway do. */
export function renderCommandPermissions(
  sim: Simulation,
  guildId: string,
  id: string,
  permissions: readonly CommandPermission[],
): Record<string, unknown> {
  return { id, application_id: sim.world.application.id, guild_id: guildId, permissions };
}
