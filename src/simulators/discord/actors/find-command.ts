import { OPTION } from '../option-types.ts';
import { field, listOf, recordsOf, textOf } from '../values.ts';
import type { CommandDefinition } from '../world/commands.ts';
import type { Member } from '../world/model.ts';
import { PERMISSION } from '../world/permissions.ts';
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
  definition: CommandDefinition | undefined,
  member: Member,
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
  if (!isOffered(definition, member)) {
    const needed = textOf(definition['default_member_permissions']);
    throw new ClientRefusal(`${name} is not offered without the permissions ${needed}`);
  }
}

/** Whether the client shows the command to a member with these permissions. */
export function isOffered(definition: CommandDefinition, { permissions }: Member): boolean {
  const needed = textOf(definition['default_member_permissions']);
  const isAdmin = (permissions & PERMISSION.administrator) !== 0n;
  if (needed === undefined || isAdmin) {
    return true;
  }
  const bits = BigInt(needed);
  return bits !== 0n && (permissions & bits) === bits;
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
