import { OPTION } from '../option-types.ts';
import type { Simulation } from '../simulation.ts';
import { field, listOf, recordsOf } from '../values.ts';
import { mayUseCommand } from '../world/command-access.ts';
import type { CommandDefinition } from '../world/commands.ts';
import type { Member } from '../world/model.ts';
import type { SendOptions } from './api.ts';
import { ClientRefusal, type ActorContext } from './context.ts';

/** Finds a command by name and type; a guild's command hides a global one. */
export function findCommand(
  { sim }: ActorContext,
  guildId: string,
  name: string,
  type: number,
): CommandDefinition | undefined {
  return [...sim.commands.list(guildId), ...sim.commands.list()].find(
    (definition) => definition['name'] === name && definition['type'] === type,
  );
}

/** Throws a `ClientRefusal` unless the client offers the command to the member in this context. */
export function checkAvailable(
  { sim }: ActorContext,
  definition: CommandDefinition | undefined,
  member: Member,
  channelId: string,
  send: SendOptions,
  name: string,
): asserts definition is CommandDefinition {
  if (definition === undefined) {
    throw new ClientRefusal(`there is no command ${name}`);
  }
  const contexts = listOf(definition['contexts']);
  if (contexts.length > 0 && !contexts.includes(send.context ?? 0)) {
    throw new ClientRefusal(`${name} is not offered in this context`);
  }
  // Permissions exist in guilds only.
  if ((send.context ?? 0) === 0 && !mayUse(sim, definition, member, channelId)) {
    throw new ClientRefusal(`${name} is not offered to this member here`);
  }
}

/** Whether Discord offers the command to the member in this channel of the member's guild. */
function mayUse(
  { world, commandPermissions }: Pick<Simulation, 'world' | 'commandPermissions'>,
  definition: CommandDefinition,
  member: Member,
  channelId: string,
): boolean {
  const { guildId } = member;
  const parent = world.channel(channelId)?.parentId;
  return mayUseCommand(definition, member, parent === undefined ? [channelId] : [parent], {
    own: commandPermissions.get(guildId, String(definition['id'])),
    application: commandPermissions.get(guildId, world.application.id),
  });
}

/** Returns the commands that Discord's client offers a member here; a guild's own come first. */
export function offeredCommands(
  sim: Pick<Simulation, 'world' | 'commands' | 'commandPermissions'>,
  userId: string,
  channelId: string,
): CommandDefinition[] {
  const guildId = sim.world.channel(channelId)?.guildId ?? '';
  const member = sim.world.guild(guildId)?.members.get(userId);
  const definitions = [...sim.commands.list(guildId), ...sim.commands.list()];
  return definitions.filter((each) => member && mayUse(sim, each, member, channelId));
}

/** A command or sub-command, as the end of a path of names. */
export interface CommandPath {
  /** The definitions of its options. */
  readonly definitions: readonly unknown[];
  /** Wraps the filled-in options in the groups and sub-commands of the path. */
  nest(options: Record<string, unknown>[]): Record<string, unknown>[];
}

/** Follows the names from the command to its group and sub-command. */
export function findSubcommand(
  definition: CommandDefinition | undefined,
  names: readonly string[],
  raw: boolean,
): CommandPath {
  let options = recordsOf(definition?.['options']);
  const steps: { name: string; type: number }[] = [];
  for (const [index, name] of names.entries()) {
    const step = options.find((option) => option['name'] === name);
    if (step === undefined && !raw) {
      throw new ClientRefusal(`there is no sub-command ${name}`);
    }
    const guessed = index === names.length - 1 ? OPTION.subcommand : OPTION.group;
    steps.push({ name, type: step?.['type'] === OPTION.group ? OPTION.group : guessed });
    options = recordsOf(field(step, 'options'));
  }
  const unfinished = options.some(
    (option) => option['type'] === OPTION.subcommand || option['type'] === OPTION.group,
  );
  if (unfinished && !raw) {
    throw new ClientRefusal('a command with sub-commands is used through one of them');
  }
  return {
    definitions: options,
    nest: (filled) =>
      steps.reduceRight<Record<string, unknown>[]>(
        (inner, { name, type }) => [{ name, type, options: inner }],
        filled,
      ),
  };
}
