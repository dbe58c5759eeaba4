import { OPTION } from '../option-types.ts';
import { field, listOf, recordsOf, textOf } from '../values.ts';
import type { CommandDefinition } from '../world/commands.ts';
import type { Member } from '../world/model.ts';
import { PERMISSION } from '../world/permissions.ts';
import type { SendOptions } from './api.ts';
import { ClientRefusal, type ActorContext } from './context.ts';

/** What the client shows this person: the guild's own commands before the global ones. */
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

/** Throws unless the client would offer the command to this person in this place. */
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

/** Whether the member's permissions let the client show the command. */
export function isOffered(definition: CommandDefinition, { permissions }: Member): boolean {
  const needed = textOf(definition['default_member_permissions']);
  const isAdmin = (permissions & PERMISSION.administrator) !== 0n;
  if (needed === undefined || isAdmin) {
    return true;
  }
  const bits = BigInt(needed);
  return bits !== 0n && (permissions & bits) === bits;
}

export interface CommandPath {
  /** Definitions of the options at the end of the path. */
  readonly definitions: readonly unknown[];
  /** Puts the filled-in options where the sub-command stands. */
  nest(options: Record<string, unknown>[]): Record<string, unknown>[];
}

/** Walks from the command over a group to a sub-command. */
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
